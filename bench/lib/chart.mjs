// Shares of a limit as dots on a logarithmic axis: what differs a thousand times must all be readable. Plain SVG whose texts
// and lines are readable on light and on dark.
import { xml } from './xml.mjs';

const LEFT = 340;
const RIGHT = 90;
const ROW = 26;
const TOP = 46;
const WIDTH = 940;

/** `dots`: [{ name, share, ours }], in the order in which they are drawn. */
export function drawChart(dots, { title, axis }) {
  const lowest = Math.min(...dots.map(({ share }) => share));
  const decades = Math.max(1, Math.ceil(-Math.log10(lowest)));
  const x = (share) => LEFT + (WIDTH - LEFT - RIGHT) * (1 + Math.log10(share) / decades);
  const height = TOP + dots.length * ROW + 44;
  const bottom = TOP + dots.length * ROW;
  const grid = Array.from({ length: decades + 1 }, (_, index) => {
    const share = 10 ** (index - decades);
    return `<line x1="${x(share).toFixed(1)}" x2="${x(share).toFixed(1)}" y1="${TOP - 8}" y2="${bottom}"/><text class="soft" text-anchor="middle" x="${x(share).toFixed(1)}" y="${bottom + 16}">${percent(share)}</text>`;
  });
  const marks = dots.map(({ name, share, ours }, index) => {
    const y = TOP + index * ROW + ROW / 2 - 4;
    const kind = ours ? 'ours' : 'other';
    return `<text class="${ours ? 'name' : 'soft'}" text-anchor="end" x="${LEFT - 14}" y="${y + 4}">${xml(name)}</text><line class="row" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><circle class="${kind}" cx="${x(share).toFixed(1)}" cy="${y}" r="6"/><text class="soft" x="${(x(share) + 12).toFixed(1)}" y="${y + 4}">${percent(share)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>${xml(title)}</title>
<style>line{stroke:#8886;stroke-width:1}.row{stroke:#8883}.soft{fill:#777}.name{fill:#0f8f7c;font-weight:600}.ours{fill:#0f8f7c}.other{fill:#999}@media(prefers-color-scheme:dark){.soft{fill:#aaa}.name{fill:#35c4ad}.ours{fill:#35c4ad}}</style>
<text class="soft" x="${LEFT}" y="18">${xml(title)}</text>
${grid.join('\n')}
${marks.join('\n')}
<text class="soft" text-anchor="middle" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${bottom + 36}">${xml(axis)}</text>
</svg>
`;
}

/** Two digits: 100 %, 4.2 %, 0.11 %. */
const percent = (share) => `${Number((100 * share).toPrecision(2))} %`;
