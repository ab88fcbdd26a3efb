/** Names of invented people. Some hold a dot, a hyphen, an apostrophe or accents, because real rosters do. */

import { createRandom, mixSeed } from './random.ts';

export interface Name {
  readonly firstName: string;
  readonly lastName: string;
}

/** Every roster begins with these, however small it is. */
const awkward: Readonly<Record<'team' | 'clinic', readonly Name[]>> = {
  team: [
    { firstName: 'Maya', lastName: 'St. Clair' },
    { firstName: 'Tomás', lastName: 'Núñez' },
    { firstName: 'Imani', lastName: 'Okoro-Lindqvist' },
    { firstName: 'Conor', lastName: "O'Shaughnessy" },
  ],
  clinic: [
    { firstName: 'Margit', lastName: 'St. Aubyn' },
    { firstName: 'Zoë', lastName: 'Brännström' },
    { firstName: 'Jean-Luc', lastName: 'Abadie-Mori' },
    { firstName: 'Łucja', lastName: 'Żurawska' },
  ],
};

const firstNames = (
  'Amara Jonas Priya Mateo Hana Kwame Elif Lucas Soraya Viggo Naomi Rafael Ingrid Tariq Leilani Oskar ' +
  'Chiara Dmitri Fatou Caleb Mei Anders Zainab Hugo Alina Kofi Renée Bastian Yuki Paloma Emre Nadia'
).split(' ');

const lastNames = (
  'Adeyemi Bergström Castellano Dvořák Eriksen Fonseca Grünwald Haddad Ivanova Jansen Kaneko Lefèvre Mbeki ' +
  'Novak Oyelaran Petrov Quiroga Rasmussen Şahin Takahashi Ueda Vasquez Whitlock Xu Yamamoto Zielińska ' +
  'Achterberg Bianchi Cardoso Demir Fairweather'
).split(' ');

/** `count` people without a repeated name, as long as the lists last (nearly a thousand). */
export function inventPeople(style: 'team' | 'clinic', count: number, seed: number): Name[] {
  const random = createRandom(mixSeed(seed, 'people'));
  const first = shuffled(firstNames, random.below);
  const last = shuffled(lastNames, random.below);
  const people = awkward[style].slice(0, count);
  // 32 and 31 have no common divisor, so stepping through both lists meets each pair once.
  for (let i = 0; people.length < count; i++) {
    people.push({ firstName: first[i % first.length]!, lastName: last[i % last.length]! });
  }
  return people;
}

function shuffled<T>(list: readonly T[], below: (count: number) => number): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
