// The frame of every page of the site: navigation, the page itself, its outline.
import { escapeHtml } from './markdown.mjs';

/**
 * @param {{ name: string, title: string, html: string, headings: { depth: number, id: string, text: string }[] }} page
 * @param {{ groups: { title: string, pages: { name: string, title: string }[] }[], version: string }} site
 */
export function framed(page, { groups, version }) {
  const pages = groups.flatMap((group) => group.pages);
  const place = pages.findIndex(({ name }) => name === page.name);
  const neighbour = (at, words, rel) =>
    pages[at] === undefined
      ? '<span></span>'
      : `<a rel="${rel}" href="${pages[at].name}.html"><small>${words}</small>${escapeHtml(pages[at].title)}</a>`;
  const title = page.name === 'index' ? 'Kinebase documentation' : `${page.heading} · Kinebase`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="style.css">
<script src="site.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the page</a>
<header class="top">
<a class="brand" href="index.html"><img src="icon.svg" alt="" width="24" height="24">Kinebase <span>docs</span></a>
<form class="search" role="search" hidden>
<input type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off" spellcheck="false">
<div class="results" hidden></div>
</form>
<span class="version">${escapeHtml(version)}</span>
<a class="menu-link" href="#menu">Menu</a>
</header>
<div class="columns${isRoomy(page.html) ? ' roomy' : ''}">
<nav class="menu" id="menu" aria-label="Pages">
<a class="menu-close" href="#content">Close</a>
${groups.map((group) => menuGroup(group, page.name)).join('\n')}
</nav>
<main id="content" tabindex="-1">
<article>
${page.html}
</article>
<nav class="neighbours" aria-label="Previous and next page">
${neighbour(place - 1, 'Previous', 'prev')}
${neighbour(place + 1, 'Next', 'next')}
</nav>
</main>
${outline(page.headings)}
</div>
</body>
</html>
`;
}

/** Whether it has a table that needs more room than text does. */
const isRoomy = (html) => /<thead><tr>(?:<t[hd][^>]*>[^<]*<\/t[hd]>){7,}/.test(html);

const menuGroup = ({ title, pages, numbered }, current) => {
  const list = numbered ? 'ol' : 'ul';
  const links = pages.map(
    ({ name, title }) =>
      `<li><a href="${name}.html"${name === current ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`,
  );
  return `<h2>${escapeHtml(title)}</h2><${list}>${links.join('')}</${list}>`;
};

function outline(headings) {
  const shown = headings.filter(({ depth }) => depth === 2 || depth === 3);
  if (shown.length < 2) return '<div class="outline"></div>';
  const links = shown.map(
    ({ depth, id, text }) =>
      `<li class="depth-${depth}"><a href="#${id}">${escapeHtml(text).replaceAll('/', '/<wbr>')}</a></li>`,
  );
  return `<nav class="outline" aria-label="On this page"><p>On this page</p><ul>${links.join('')}</ul></nav>`;
}
