// What the pages do beyond reading: search, copy buttons, and the language chosen for examples. Everything else works without.
const search = document.querySelector('.search');
const input = search.querySelector('input');
const results = search.querySelector('.results');
search.hidden = false;

/** The index comes as a script with the first use of the search, so that a page opened as a file can search too. */
let index = null;
function loadIndex() {
  index ??= new Promise((resolve, reject) => {
    window.kinebaseSearch = resolve;
    const script = document.createElement('script');
    script.src = 'search.js';
    script.addEventListener('error', () => {
      index = null;
      reject(new Error('the index of the search cannot be loaded'));
    });
    document.head.append(script);
  });
  return index;
}

const MOST = 12;

/** Every word must be found; a heading counts more than the text below it, a whole word more than a beginning. */
function find({ pages, entries }, query) {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const found = [];
  for (const [page, id, heading, text] of entries) {
    const places = [
      [heading.toLowerCase(), 10],
      [pages[page][1].toLowerCase(), 4],
      [text.toLowerCase(), 1],
    ];
    const score = words.reduce((sum, word) => {
      const best = Math.max(...places.map(([place, weight]) => weight * closeness(place, word)));
      return best === 0 ? Number.NEGATIVE_INFINITY : sum + best;
    }, 0);
    if (score > 0) found.push({ page: pages[page], id, heading, text, score });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, MOST);
}

function closeness(place, word) {
  if (place === word) return 4;
  const at = place.indexOf(word);
  if (at < 0) return 0;
  const begins = at === 0 || /[^\p{L}\p{N}]/u.test(place[at - 1]);
  const ends = at + word.length === place.length || /[^\p{L}\p{N}]/u.test(place[at + word.length]);
  return begins && ends ? 3 : begins ? 2 : 1;
}

let asked = '';
async function show() {
  const query = input.value.trim();
  asked = query;
  if (query === '') {
    results.hidden = true;
    return;
  }
  let content;
  try {
    const found = find(await loadIndex(), query);
    if (asked !== query) return;
    content = found.length === 0 ? remark(`Nothing about “${query}”.`) : list(found, query);
  } catch (error) {
    content = remark(`${error.message}.`);
  }
  results.replaceChildren(content);
  results.hidden = false;
}

function remark(text) {
  const element = document.createElement('p');
  element.setAttribute('role', 'status');
  element.textContent = text;
  return element;
}

function list(found, query) {
  const element = document.createElement('ul');
  for (const { page, id, heading, text } of found) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `${page[0]}.html${id === '' ? '' : `#${id}`}`;
    const title = document.createElement('b');
    title.textContent = heading;
    const where = document.createElement('small');
    where.textContent = `${page[1]} · ${around(text, query)}`;
    link.append(title, where);
    item.append(link);
    element.append(item);
  }
  return element;
}

/** The text where the first word of the query stands. */
function around(text, query) {
  const at = text.toLowerCase().indexOf(query.toLowerCase().split(/\s+/)[0]);
  return at < 40 ? text.slice(0, 120) : `… ${text.slice(at - 30, at + 90)}`;
}

input.addEventListener('focus', () => loadIndex().catch(() => {}));
input.addEventListener('input', show);
search.addEventListener('submit', (event) => {
  event.preventDefault();
  results.querySelector('a')?.click();
});
results.addEventListener('click', (event) => {
  if (event.target.closest('a')) results.hidden = true;
});
search.addEventListener('keydown', (event) => {
  const links = [...results.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement);
  if (event.key === 'Escape') {
    input.value = '';
    results.hidden = true;
    input.focus();
  } else if (event.key === 'ArrowDown' && links.length > 0) links[Math.min(at + 1, links.length - 1)].focus();
  else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? input).focus();
  else return;
  event.preventDefault();
});
document.addEventListener('click', (event) => {
  if (!search.contains(event.target)) results.hidden = true;
});
document.addEventListener('keydown', (event) => {
  const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'radio';
  if (event.key !== '/' || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  input.focus();
});

for (const code of document.querySelectorAll('.code')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.querySelector('code').textContent);
      button.textContent = 'Copied';
    } catch {
      // Without HTTPS there is no clipboard beyond loopback: select it, so that it can be copied by hand.
      window.getSelection().selectAllChildren(code.querySelector('code'));
      button.textContent = 'Selected';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  code.append(button);
}

/** One choice for all tabs that offer it, also on the next page. */
const KEPT = 'kinebase-docs-language';
const buttons = [...document.querySelectorAll('.tabs > input')];
function choose(language) {
  for (const button of buttons) if (button.value === language) button.checked = true;
}
function keep(language) {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // A browser may refuse to keep anything; the choice holds for this page then.
  }
}
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
choose(kept());
for (const button of buttons)
  button.addEventListener('change', () => {
    const top = button.getBoundingClientRect().top;
    choose(button.value);
    keep(button.value);
    // Panels above may be longer now: what was clicked stays where it is.
    window.scrollBy({ top: button.getBoundingClientRect().top - top, behavior: 'instant' });
  });
