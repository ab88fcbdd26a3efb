// Builds the documentation into dist/docs: static pages from docs/*.md, from the programs in examples/, and from what the
// compiled code says of itself. Every link within the site is followed; one that leads nowhere ends the build.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withCompiled } from './compile.mjs';
import { loadCode } from './docs/code.mjs';
import { renderMarkdown } from './docs/markdown.mjs';
import { framed } from './docs/page.mjs';
import { searchEntries } from './docs/search.mjs';
import { ELSEWHERE, sitePages } from './docs/site.mjs';

/** @param {string} code folder of the compiled code  @param {string} into folder of the site, made here */
export async function buildDocs(code, into) {
  const groups = await sitePages(await loadCode(code));
  const pages = groups.flatMap((group) => group.pages);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const links = createLinks(pages);
  const rendered = pages.map((page) => {
    const found = renderMarkdown({ markdown: page.markdown, link: (href) => links.from(page, href) });
    return Object.assign(page, { ...found, title: page.title ?? found.title, heading: found.title });
  });
  links.check(rendered);
  mkdirSync(into, { recursive: true });
  for (const page of rendered)
    writeFileSync(join(into, `${page.name}.html`), framed(page, { groups, version }));
  // The first page once more, for an address without a slash at its end: links lead from below it there.
  const index = readFileSync(join(into, 'index.html'), 'utf8');
  writeFileSync(join(into, 'entry.html'), index.replace('<head>', '<head>\n<base href="docs/">'));
  const entries = rendered.flatMap(searchEntries);
  const titles = rendered.map(({ name, heading }) => [name, heading]);
  writeFileSync(join(into, 'search.js'), `kinebaseSearch(${JSON.stringify({ pages: titles, entries })});\n`);
  cpSync('docs/site', into, { recursive: true });
  for (const [path, name] of links.copied) copyFileSync(path, join(into, name));
}

/** Links as they are right in the repository → links of the site. */
function createLinks(pages) {
  const byPath = new Map(pages.map(({ path, name }) => [path, `${name}.html`]));
  const copied = new Map();
  const wanted = [];
  return {
    copied,
    from({ name, path }, href) {
      if (/^(https?:|mailto:)/.test(href)) return href;
      const [target, hash = ''] = href.split('#');
      const file = target === '' ? path : normalize(join(dirname(path), target));
      let to = byPath.get(file) ?? ELSEWHERE[file];
      // The reference in one file there is a page for each group here.
      if (file === 'README.md' && hash === '') to = 'index.html';
      if (to === undefined && /^examples\/\w+\/\w/.test(file)) to = 'languages.html#whole-programs';
      if (to === undefined && existsSync(file) && /\.(svg|png|mot)$/.test(file)) {
        to = file.split('/').at(-1);
        copied.set(file, to);
      }
      if (to === 'LICENSE.txt') copied.set(file, to);
      if (to === undefined) throw new Error(`${path} links to ${href}, which is no page of the site`);
      if (to.endsWith('.html')) wanted.push({ from: name, href, page: to.replace('.html', ''), hash });
      return `${target === '' ? '' : to}${hash === '' ? '' : `#${hash}`}`;
    },
    check(rendered) {
      const broken = wanted.filter(({ page, hash }) => {
        if (page.includes('#')) return false;
        const found = rendered.find(({ name }) => name === page);
        return found === undefined || (hash !== '' && !found.ids.has(hash));
      });
      if (broken.length > 0)
        throw new Error(`broken links:\n${broken.map(({ from, href }) => `  ${from}: ${href}`).join('\n')}`);
    },
  };
}

if (resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await withCompiled(async (folder) => {
    await buildDocs(folder, `${folder}/docs`);
    mkdirSync('dist', { recursive: true });
    rmSync('dist/docs', { recursive: true, force: true });
    renameSync(`${folder}/docs`, 'dist/docs');
    console.log('dist/docs is built: open dist/docs/index.html, or /docs of a running server');
  });
