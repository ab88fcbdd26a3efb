/** Light or dark: as the system has it, until a person chooses. Paper is always light. */
export type Theme = 'system' | 'light' | 'dark';

const KEPT = 'kinebase.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const paper = window.matchMedia('print');

export const chosenTheme = (): Theme => {
  const kept = localStorage.getItem(KEPT);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

/** Sets the theme on the page, and again whenever system or paper change. */
export function applyTheme(): void {
  show();
  dark.addEventListener('change', () => show());
  paper.addEventListener('change', () => show());
  // Before drawings are made anew for paper.
  window.addEventListener('beforeprint', () => show(true));
  window.addEventListener('afterprint', () => show());
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, theme);
  show();
}

/** Sent to the window when colours have changed, for what draws with them on a canvas. */
export const THEME_SHOWN = 'kinebase-theme';

/** Of the colours, in the theme that is shown. */
const values = new Map<string, string>();

function show(printing = paper.matches): void {
  const theme = chosenTheme();
  const isDark = !printing && (theme === 'dark' || (theme === 'system' && dark.matches));
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  values.clear();
  window.dispatchEvent(new Event(THEME_SHOWN));
}

/**
 * The value of a colour of style.css now: `colour('left')`. Read once for each theme: to ask for it is to have the browser
 * bring every style up to date, in the middle of a picture.
 */
export function colour(name: string): string {
  const known = values.get(name);
  if (known !== undefined) return known;
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  // Before the style sheet has come there is none.
  if (value !== '') values.set(name, value);
  return value;
}
