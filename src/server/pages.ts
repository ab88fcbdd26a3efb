import { ERRORS } from '../contract/errors.ts';
import type { OpenApi, Operation } from './openapi.ts';
import { exampleOf, membersOf } from './schemaMembers.ts';

/** The two pages a browser gets: where to begin, and the API reference. Plain HTML, no script, nothing from elsewhere. */
const STYLE = `
  :root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #0a7d6c; }
  body { font: 16px/1.55 system-ui, sans-serif; max-width: 62rem; margin: 3rem auto; padding: 0 1.25rem; }
  h1 { font-size: 1.9rem; margin-bottom: .25rem } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line) }
  a { color: var(--accent) } code { font: .9em ui-monospace, monospace; background: var(--soft); padding: .1em .3em; border-radius: 4px }
  section { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0 }
  section h3 { margin: 0; font-size: 1.05rem } table { border-collapse: collapse; width: 100%; font-size: .92rem }
  td, th { text-align: left; padding: .3rem .6rem .3rem 0; border-top: 1px solid var(--line); vertical-align: top }
  pre { font: .85em/1.45 ui-monospace, monospace; background: var(--soft); padding: .6rem .8rem; border-radius: 6px; overflow-x: auto }
  td:first-child { width: 24% } td:nth-child(2) { width: 26% }
  .method { color: var(--accent); font-weight: 700; margin-right: .5rem } .who { opacity: .75; font-size: .9rem }
  nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem }`;

export function homePage(version: string): string {
  return page(
    'Kinebase',
    `<h1>Kinebase</h1><p>Recorded human movement: sessions, joint-angle series, range-of-motion reports. Version ${escapeHtml(version)}.</p>
    <p>This server answers clients of the sessions API: point their base URL here, with or without <code>/production</code>.</p>
    <ul><li><a href="/docs">API reference</a></li><li><a href="/openapi.json">OpenAPI 3.1</a></li>
    <li><a href="/health">Health</a> and <a href="/ready">readiness</a></li><li><a href="/metrics">Metrics</a></li></ul>`,
  );
}

export function docsPage(api: OpenApi): string {
  const groups = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags[0] ?? 'service';
      groups.set(tag, [...(groups.get(tag) ?? []), section(path, method, operation, api)]);
    }
  }
  const names = [...groups.keys()].sort((a, b) => Number(b === 'service') - Number(a === 'service'));
  return page(
    'Kinebase API',
    `<h1>Kinebase API</h1><p>${withCode(api.info.description)}</p>
    <p>Machine-readable: <a href="/openapi.json">openapi.json</a>. Bodies of requests and answers by name are its schemas.</p>
    <nav>${names.map((name) => `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`).join('')}<a href="#errors">errors</a></nav>
    ${names.map((name) => `<h2 id="${escapeHtml(name)}">${escapeHtml(name)}</h2>${groups.get(name)!.join('')}`).join('')}
    <h2 id="errors">errors</h2><table><tr><th>code</th><th>status</th><th>meaning</th></tr>
    ${Object.entries(ERRORS)
      .map(([code, { status, meaning }]) =>
        row([`<code>${code}</code>`, String(status), escapeHtml(meaning)]),
      )
      .join('')}</table>`,
  );
}

function section(
  path: string,
  method: string,
  { operationId, summary, description, parameters, requestBody }: Operation,
  api: OpenApi,
): string {
  const rows = parameters.map(({ name, in: place, required, description: text }) =>
    row([`<code>${escapeHtml(name)}</code>`, `${place}${required ? ', required' : ''}`, withCode(text)]),
  );
  return `<section id="${escapeHtml(operationId)}"><h3><span class="method">${method.toUpperCase()}</span><code>${escapeHtml(path)}</code></h3>
    <p>${withCode(summary)}. <span class="who">${withCode(description)}</span></p>${requestBody === undefined ? '' : bodyPart(requestBody, api)}
    ${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}</section>`;
}

/** Name of the body, a row for each of its members, and an example where there is one. */
function bodyPart(requestBody: unknown, { components }: OpenApi): string {
  const name = /#\/components\/schemas\/(\w+)/.exec(JSON.stringify(requestBody))?.[1];
  if (name === undefined) return '<p>Body: the bytes of the recording</p>';
  const schema = components.schemas[name] as { description?: string };
  const rows = membersOf(schema).map((member) =>
    row([
      `<code>${escapeHtml(member.name)}</code>`,
      `${withCode(member.type)}${member.required ? ', required' : ''}`,
      withCode(member.description),
    ]),
  );
  const example = exampleOf(schema);
  return `<p>Body: <code>${escapeHtml(name)}</code>. ${withCode(schema.description ?? '')}</p><table>${rows.join('')}</table>
    ${example === undefined ? '' : `<pre>${escapeHtml(JSON.stringify(example, null, 2))}</pre>`}`;
}

const row = (cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** `word` between backticks becomes code. */
const withCode = (text: string) => escapeHtml(text).replace(/`([^`]*)`/g, '<code>$1</code>');
