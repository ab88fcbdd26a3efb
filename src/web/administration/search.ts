import { given, type Search, text, word } from '../search.ts';

/** Which records of a section are listed. */
export interface SectionSearch {
  find?: string | undefined;
  /** Of channels: `own` are those that the organization described itself. Absent: all. */
  of?: 'own' | undefined;
}

export const sectionSearch = (search: Search): SectionSearch =>
  given({ find: text(search, 'find'), of: word(search, 'of', ['own']) });
