// A flame graph from a CPU profile of V8: width is time on the processor, below is the caller. Plain SVG with a title for
// each box, readable on light and dark.
import { xml } from './xml.mjs';

const WIDTH = 1200;
const ROW = 17;
const LEAST = 0.002;
const MARGIN = 28;

/**
 * Samples → a tree of { name, kind, time, children }: frames of one function below the same caller are one box. Time that
 * the thread spent waiting is left out, and so is what lies before `from_ms` or after `to_ms` of the profile.
 */
export function fold({ nodes, samples, timeDeltas }, { from_ms = 0, to_ms = Number.POSITIVE_INFINITY } = {}) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map();
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node.id);
  const root = { name: 'all', kind: 'root', time: 0, children: new Map() };
  let now_us = 0;
  samples.forEach((id, index) => {
    const time = timeDeltas[index];
    now_us += time;
    if (now_us < from_ms * 1000 || now_us > to_ms * 1000) return;
    const stack = [];
    for (let at = id; at !== undefined; at = parents.get(at)) stack.push(byId.get(at).callFrame);
    // The outermost frame is V8's own root.
    stack.pop();
    if (stack[0]?.functionName === '(idle)' || stack[0]?.functionName === '(program)') return;
    root.time += time;
    let place = root;
    for (const frame of stack.reverse()) {
      const { name, kind } = describe(frame);
      if (!place.children.has(name)) place.children.set(name, { name, kind, time: 0, children: new Map() });
      place = place.children.get(name);
      place.time += time;
    }
  });
  return root;
}

/** Whose code it is, and a name that holds on any machine: no folders of this one. */
function describe({ functionName, url, lineNumber }) {
  const called = functionName === '' ? 'anonymous' : functionName;
  if (url === '') return { name: called, kind: called === '(garbage collector)' ? 'collector' : 'native' };
  if (url.startsWith('node:')) return { name: `${called} ${url}`, kind: 'node' };
  const [, dependency] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (dependency !== undefined) return { name: `${called} ${dependency}`, kind: 'dependency' };
  const own = /\/dist\/(.+)$/.exec(url)?.[1] ?? url.split('/').pop();
  return { name: `${called} ${own}:${lineNumber + 1}`, kind: 'own' };
}

/** Colours by whose code it is; mid-tones, that dark text is readable on and both backgrounds set off. */
const COLOURS = {
  own: '#e8833a',
  dependency: '#d9b44a',
  node: '#7fb069',
  native: '#8fa3bf',
  collector: '#c66b8f',
  root: '#9a9a9a',
};
const LEGEND = {
  own: 'Kinebase',
  dependency: 'packages',
  node: 'Node',
  native: 'native code',
  collector: 'garbage collector',
};

export function drawFlame(root, title) {
  const boxes = [];
  let deepest = 0;
  const place = (node, left, depth) => {
    const width = (WIDTH * node.time) / root.time;
    if (node.time < LEAST * root.time) return;
    deepest = Math.max(deepest, depth);
    boxes.push({ node, left, depth, width });
    let at = left;
    for (const child of [...node.children.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      place(child, at, depth + 1);
      at += (WIDTH * child.time) / root.time;
    }
  };
  place(root, 0, 0);
  const height = (deepest + 1) * ROW + 2 * MARGIN;
  const drawn = boxes.map(({ node, left, depth, width }) => {
    const y = height - MARGIN - (depth + 1) * ROW;
    const share = `${((100 * node.time) / root.time).toFixed(1)} %`;
    const letters = Math.floor((width - 6) / 6.3);
    const label =
      letters < 3 ? '' : node.name.length <= letters ? node.name : `${node.name.slice(0, letters - 1)}…`;
    const text = label && `<text x="${(left + 3).toFixed(1)}" y="${y + 12}">${xml(label)}</text>`;
    return `<g><title>${xml(node.name)}: ${share}</title><rect x="${left.toFixed(1)}" y="${y}" width="${Math.max(0.5, width - 0.5).toFixed(1)}" height="${ROW - 1}" fill="${COLOURS[node.kind]}"/>${text}</g>`;
  });
  const legend = Object.entries(LEGEND).map(
    ([kind, text], index) =>
      `<rect x="${index * 150}" y="${height - 18}" width="12" height="12" fill="${COLOURS[kind]}"/><text class="plain" x="${index * 150 + 18}" y="${height - 8}">${text}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="ui-monospace, monospace" font-size="10.5">
<style>text{fill:#111}.plain{fill:#777;font-family:system-ui,sans-serif;font-size:12px}</style>
<text class="plain" x="0" y="16">${xml(title)}</text>
${drawn.join('\n')}
${legend.join('\n')}
</svg>
`;
}
