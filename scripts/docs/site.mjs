// Which pages the site has, in their order, and where the text of each comes from.
import { readdirSync, readFileSync } from 'node:fs';
import { commands } from './commands.mjs';
import { languages } from './languages.mjs';
import { introduction, reference } from './reference.mjs';
import { settings } from './settings.mjs';

/** Text of a file of the repository, with links as they are right there. */
const file = (path, name, title) => ({ name: name ?? /([^/]+)\.md$/.exec(path)[1], title, path });
const made = (name, markdown, title) => ({ name, title, path: `docs/${name}.md`, markdown });

export async function sitePages(code) {
  const groups = [
    {
      title: 'Begin',
      pages: [
        file('docs/index.md', 'index', 'Overview'),
        { ...file('README.md', 'quick-start'), markdown: quickStart() },
        file('docs/glossary.md'),
      ],
    },
    {
      title: 'Jobs',
      numbered: true,
      pages: JOBS.map(([name, title]) => ({ name, title, path: `docs/jobs/${name}.md` })),
    },
    {
      title: 'Movement',
      pages: [
        file('docs/channels.md', undefined, 'Angles and channels'),
        file('docs/metrics.md'),
        file('docs/exercises.md'),
        file('docs/reports.md', undefined, 'Reports, every number'),
      ],
    },
    {
      title: 'Guides',
      pages: [
        file('docs/sessions.md', undefined, 'Sessions'),
        file('docs/exports.md', undefined, 'Exports and files'),
        file('docs/changes.md'),
        file('docs/webhooks.md'),
        file('docs/mirror.md'),
        file('docs/migrate-from.md'),
        file('docs/operate.md', undefined, 'Operating'),
        file('docs/conformance.md'),
      ],
    },
    {
      title: 'Programs',
      pages: [
        made('languages', languages(), 'Every language'),
        file('publish/sdk/README.md', 'client', 'TypeScript and React'),
        made('commands', await commands(code)),
        made('settings', settings(code)),
      ],
    },
    { title: 'API', pages: apiPages(code) },
    {
      title: 'Project',
      pages: [
        file('docs/performance.md'),
        file('docs/decisions.md'),
        file('CHANGELOG.md', 'changelog'),
        file('CONTRIBUTING.md', 'contributing'),
      ],
    },
  ];
  // A page that nobody has given a place is a guide.
  const placed = new Set(groups.flatMap(({ pages }) => pages.map(({ path }) => path)));
  const others = readdirSync('docs').filter((name) => name.endsWith('.md') && !placed.has(`docs/${name}`));
  groups.find(({ title }) => title === 'Guides').pages.push(...others.map((name) => file(`docs/${name}`)));
  for (const page of groups.flatMap(({ pages }) => pages)) page.markdown ??= readFileSync(page.path, 'utf8');
  return groups;
}

/** Name of the file in docs/jobs and title in the menu, in their order. */
export const JOBS = [
  ['record', 'Record a file'],
  ['data-frame', 'Last month as a data frame'],
  ['compare', 'Compare two athletes'],
  ['series', 'Read one series'],
  ['tables', 'R, MATLAB, DuckDB'],
  ['nightly-mirror', 'Mirror nightly'],
  ['webhook', 'Be told of new sessions'],
  ['migrate', 'Move in from a vendor'],
  ['production', 'Run it in production'],
];

/** Other files that lead to a page when they are linked to. */
export const ELSEWHERE = {
  'examples/README.md': 'languages.html',
  'docs/client.md': 'client.html',
  '.env.example': 'settings.html',
  LICENSE: 'LICENSE.txt',
};

/** The README is where one begins; what it says of the product stands on the first page of the site. */
function quickStart() {
  const sections = readFileSync('README.md', 'utf8').split(/^(?=## )/m);
  const wanted = ['Run it', 'Ask it', 'Record a file', 'Take it all with you', 'Your own organization'];
  const found = wanted.map((title) => {
    const section = sections.find((each) => each.startsWith(`## ${title}\n`));
    if (section === undefined) throw new Error(`README.md has no section ${title}`);
    return section;
  });
  return `# Quick start\n\n${found.join('')}`;
}

function apiPages(code) {
  const groups = reference(code, 2);
  const links = groups.map(({ tag, title, endpoints }) => {
    const rows = endpoints.map(
      ({ method, path, operation }) =>
        `| [\`${method} ${path}\`](api-${tag}.md#${slugOf(method, path)}) | ${operation.summary} |`,
    );
    return [`## ${title}`, '', '| request | |', '| --- | --- |', ...rows, ''].join('\n');
  });
  return [
    made('api', ['# API', '', introduction(code), ...links].join('\n'), 'All endpoints'),
    file('docs/errors.md'),
    ...groups.map(({ tag, title, markdown }) =>
      made(`api-${tag}`, `# API: ${title[0].toLowerCase()}${title.slice(1)}\n\n${markdown}`, title),
    ),
  ];
}

const slugOf = (method, path) =>
  `${method} ${path}`
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
