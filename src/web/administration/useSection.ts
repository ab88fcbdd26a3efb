import { useNavigate, useSearch } from '@tanstack/react-router';
import type { SectionSearch } from './search.ts';

/** What is looked for in a section, as it stands in the address. */
export function useSection() {
  const search = useSearch({ from: '/app/administration/$section' });
  const navigate = useNavigate({ from: '/app/administration/$section' });
  const show = (next: SectionSearch) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return { ...search, show };
}
