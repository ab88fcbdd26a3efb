// What site.js searches: one entry a heading, with the words below it, and one a row that can be linked to.
import { plainText } from './markdown.mjs';

/** Longer texts hold a word often enough in their beginning; the index stays small. */
const LONGEST = 1200;

/** Pages whose rows are looked for by name. Members of bodies are not: they stand below their endpoint. */
const DICTIONARIES = new Set(['channels', 'errors', 'settings']);

/** @returns {[page: number, id: string, heading: string, text: string][]} */
export function searchEntries({ name, title, html }, at) {
  const entries = [];
  for (const part of html.split(/(?=<h[1-4] id=)/)) {
    const [, id = '', inner = ''] = /^<h[1-4] id="([^"]*)">([\s\S]*?)<\/h[1-4]>/.exec(part) ?? [];
    const heading = words(inner.replace(/<a class="anchor"[\s\S]*$/, ''));
    const body = words(part.replace(/^<h[1-4][\s\S]*?<\/h[1-4]>/, ''));
    entries.push([at, /^<h1/.test(part) ? '' : id, heading === '' ? title : heading, body.slice(0, LONGEST)]);
  }
  if (DICTIONARIES.has(name))
    for (const [, id, row] of html.matchAll(/<tr id="([^"]*)">([\s\S]*?)<\/tr>/g)) {
      const [first = '', ...rest] = [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) =>
        words(cell),
      );
      entries.push([at, id, first, rest.join(' · ').slice(0, 300)]);
    }
  return entries.filter(([, , heading]) => heading !== '' || name === 'index');
}

const words = (html) =>
  plainText(html.replace(/<(?!\/?(code|span|a|em|strong)\b)[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
