// Markdown → HTML, as the repository's pages are written: headings that can be linked to as on GitHub, code in colours made at
// build time, blocks that say `tab="…"` side by side, tables whose rows can be linked to.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import matlab from 'highlight.js/lib/languages/matlab';
import nginx from 'highlight.js/lib/languages/nginx';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import { Marked } from 'marked';

const LANGUAGES = { bash, ini, javascript, json, matlab, nginx, python, r, sql, swift, typescript, xml };
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);
hljs.registerAliases(['sh'], { languageName: 'bash' });
hljs.registerAliases(['js', 'mjs', 'jsx'], { languageName: 'javascript' });
hljs.registerAliases(['ts', 'tsx'], { languageName: 'typescript' });
hljs.registerAliases(['swift'], { languageName: 'swift' });

export const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * `link(href)` says where a link of this page leads on the site. Answers title, HTML and headings.
 * @param {{ markdown: string, link: (href: string) => string }} page
 */
export function renderMarkdown({ markdown, link }) {
  const headings = [];
  const ids = new Set();
  const idFor = (text) => {
    const plain = slug(text);
    let id = plain;
    for (let count = 1; ids.has(id); count++) id = `${plain}-${count}`;
    ids.add(id);
    return id;
  };
  let tabGroups = 0;
  const marked = new Marked({ gfm: true });
  marked.use({
    extensions: [
      {
        name: 'tabs',
        renderer: ({ blocks }) => tabs(blocks, ++tabGroups),
      },
    ],
    // `name@1.2.3` is a version and nobody's mailbox: what is to be a link is written as one.
    tokenizer: { url: () => undefined },
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens);
        const text = plainText(html);
        const id = idFor(text);
        headings.push({ depth, id, text });
        return `<h${depth} id="${id}">${html}${depth === 1 ? '' : ` <a class="anchor" href="#${id}" aria-label="Link to ${escapeHtml(text)}">#</a>`}</h${depth}>\n`;
      },
      // A list keeps the numbers that it has: decisions are called by theirs, and some are missing.
      listitem({ raw, tokens }) {
        const number = /^\s*(\d+)[.)]/.exec(raw)?.[1];
        const value = number === undefined ? '' : ` value="${number}"`;
        return `<li${value}>${this.parser.parse(tokens)}</li>\n`;
      },
      code: ({ text, lang }) => codeBlock(text, languageOf(lang)),
      table({ header, rows }) {
        const cells = (each) => each.map(({ tokens }) => this.parser.parseInline(tokens));
        return table(cells(header), rows.map(cells), ids);
      },
      link({ href, title, tokens }) {
        const attributes = title ? ` title="${escapeHtml(title)}"` : '';
        return `<a href="${escapeHtml(link(href))}"${attributes}>${this.parser.parseInline(tokens)}</a>`;
      },
      image: ({ href, text }) => `<img src="${escapeHtml(link(href))}" alt="${escapeHtml(text)}">`,
    },
  });
  const html = marked.parser(groupTabs(marked.lexer(markdown)), marked.defaults);
  return { html, headings, title: headings.find(({ depth }) => depth === 1)?.text ?? '', ids };
}

/** As GitHub names headings, so that one link is right in both places. */
export const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"' };
export const plainText = (html) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot);/g, (_, name) => ENTITIES[name]);

const languageOf = (info) => /^\S*/.exec(info ?? '')[0];
const tabOf = (info) => /\btab="([^"]+)"/.exec(info ?? '')?.[1];

/** Neighbouring code blocks that each name a tab become one set of tabs, in steps of a list too. */
function groupTabs(tokens) {
  const grouped = [];
  for (const token of tokens) {
    for (const item of token.items ?? []) item.tokens = groupTabs(item.tokens);
    const name = token.type === 'code' ? tabOf(token.lang) : undefined;
    const last = grouped.findLast(({ type }) => type !== 'space');
    if (name === undefined) grouped.push(token);
    else if (last?.type === 'tabs') last.blocks.push({ name, ...token });
    else grouped.push({ type: 'tabs', raw: '', blocks: [{ name, ...token }] });
  }
  return Object.assign(grouped, { links: tokens.links });
}

/** Radio buttons choose the panel, without a script; site.js keeps the choice for the next page. */
function tabs(blocks, group) {
  const id = (at) => `tab-${group}-${at}`;
  const inputs = blocks.map(
    ({ name }, at) =>
      `<input type="radio" name="tab-${group}" id="${id(at)}" value="${escapeHtml(name)}"${at === 0 ? ' checked' : ''}><label for="${id(at)}">${escapeHtml(name)}</label>`,
  );
  const panels = blocks.map(
    ({ name, text, lang }) =>
      `<div class="panel"><p class="panel-name">${escapeHtml(name)}</p>${codeBlock(text, languageOf(lang))}</div>`,
  );
  return `<div class="tabs" role="group" aria-label="Language">${inputs.join('')}<div class="panels">${panels.join('')}</div></div>\n`;
}

export function codeBlock(text, language) {
  const known = language !== '' && hljs.getLanguage(language) !== undefined;
  const html = known ? hljs.highlight(text, { language }).value : escapeHtml(text);
  return `<div class="code"><pre tabindex="0"><code${known ? ` class="language-${language}"` : ''}>${html}\n</code></pre></div>\n`;
}

/** A row whose first cell is nothing but code is linked to by that code. Cells know their column, for narrow screens. */
function table(header, rows, ids) {
  const names = header.map(plainText);
  const head = header.every((cell) => cell === '')
    ? ''
    : `<thead><tr>${header.map((cell) => (cell === '' ? '<td></td>' : `<th scope="col">${cell}</th>`)).join('')}</tr></thead>`;
  const body = rows.map((cells) => {
    const term = /^<code>([^<]+)<\/code>$/.exec(cells[0])?.[1];
    const id = term === undefined ? undefined : plainText(term).replace(/[^\w.-]/g, '-');
    const mark = id === undefined || ids.has(id) ? '' : ` id="${id}"`;
    if (mark !== '') ids.add(id);
    const columns = cells.map((cell, at) => `<td data-column="${escapeHtml(names[at])}">${cell}</td>`);
    return `<tr${mark}>${columns.join('')}</tr>`;
  });
  const label = names.filter((name) => name !== '').join(', ');
  return `<div class="table${names.length > 4 ? ' wide' : ''}" role="group" tabindex="0" aria-label="Table: ${escapeHtml(label)}"><table>${head}<tbody>${body.join('')}</tbody></table></div>\n`;
}
