/**
 * The change feed as a small machine: writers that change records in transactions, and a reader that keeps a copy by asking
 * for pages. Every step is what a database does at once; between two steps anybody may take his turn. `explore` walks
 * through every order of turns that there is.
 */
export interface Rules {
  /** How a writer comes to its version: under the organization's row lock, held until it commits, or from a sequence. */
  versions: 'row lock' | 'sequence';
  /** When the reader asks for the head, up to which it believes a page to be complete. */
  head: 'before the rows' | 'after the rows';
  /** What a token remembers of a page that was cut: the last record, or its version alone. */
  token: 'record' | 'version';
  /** Who hears of deletions: everybody; only of later ones who begins without a token; nobody. */
  deletions: 'told' | 'spared who begins' | 'forgotten';
}

export const OURS: Rules = {
  versions: 'row lock',
  head: 'before the rows',
  token: 'record',
  deletions: 'told',
};

/** What a transaction does to records: a value to keep, null to remove. */
export type Transaction = Readonly<Record<string, string | null>>;

export interface Scenario {
  /** Each writer's transactions, one after the other. */
  writers: readonly (readonly Transaction[])[];
  /** Records to a page. */
  limit: number;
  /** Answers that the reader asks for. */
  answers: number;
  /** How often the reader may be ended before it has kept its token, and go on with the one before. */
  ends: number;
  /** Whether transactions may be taken back. */
  rollbacks: boolean;
}

/** A record's key says its kind too: kinds are looked through one after the other, each at another moment. */
interface Entry {
  key: string;
  version: number;
  /** null: a tombstone. */
  value: string | null;
}

interface Place {
  version: number;
  /** null: everything of that version. */
  key: string | null;
  /** Deletions up to this version are kept from the reader. */
  spared: number;
}

interface Writer {
  transaction: number;
  step: 'begin' | 'write' | 'commit';
  version: number;
}

interface Reader {
  step: 'head' | 'first kind' | 'second kind' | 'late head' | 'records' | 'apply' | 'keep';
  token: Place;
  head: number;
  entries: Entry[];
  next: Place;
  more: boolean;
  copy: Record<string, string>;
  answers: number;
  ends: number;
}

interface State {
  /** Last version that was given out, and the last one that was committed. */
  drawn: number;
  head: number;
  lockedBy: number | null;
  committed: Entry[];
  writers: Writer[];
  reader: Reader;
}

const KINDS = [/^a/, /^b/] as const;

const order = (one: Entry, other: Entry) =>
  one.version - other.version || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);

const isBehind = (entry: Entry, place: Place) =>
  entry.version > place.version ||
  (entry.version === place.version && place.key !== null && entry.key > place.key);

const BEGINNING: Place = { version: 0, key: null, spared: 0 };

function start({ writers }: Scenario): State {
  return {
    drawn: 0,
    head: 0,
    lockedBy: null,
    committed: [],
    writers: writers.map(() => ({ transaction: 0, step: 'begin', version: 0 })),
    reader: {
      step: 'head',
      token: BEGINNING,
      head: 0,
      entries: [],
      next: BEGINNING,
      more: false,
      copy: {},
      answers: 0,
      ends: 0,
    },
  };
}

const copyOf = (state: State): State => JSON.parse(JSON.stringify(state));

/** The states that one more step of a writer leads to; none when it waits or is done. */
function writerSteps(state: State, index: number, { writers, rollbacks }: Scenario, rules: Rules): State[] {
  const transaction = writers[index]![state.writers[index]!.transaction];
  if (transaction === undefined) return [];
  const next = copyOf(state);
  const writer = next.writers[index]!;
  if (writer.step === 'begin') {
    if (rules.versions === 'row lock') {
      if (next.lockedBy !== null) return [];
      next.lockedBy = index;
      writer.version = next.head + 1;
    } else writer.version = ++next.drawn;
    writer.step = 'write';
  } else if (writer.step === 'write') {
    // Seen by nobody yet: where it stands in the transaction does not matter.
    writer.step = 'commit';
  } else {
    const { version } = writer;
    next.lockedBy = next.lockedBy === index ? null : next.lockedBy;
    next.writers[index] = { transaction: writer.transaction + 1, step: 'begin', version: 0 };
    const takenBack = copyOf(next);
    for (const [key, value] of Object.entries(transaction)) {
      const there = next.committed.some((entry) => entry.key === key && entry.value !== null);
      next.committed = next.committed.filter((entry) => entry.key !== key || entry.value === null);
      if (value !== null) next.committed.push({ key, version, value });
      else if (there && rules.deletions !== 'forgotten') next.committed.push({ key, version, value: null });
    }
    next.committed.sort(order);
    next.head = Math.max(next.head, version);
    return rollbacks ? [next, takenBack] : [next];
  }
  return [next];
}

function readerSteps(state: State, { limit, answers, ends }: Scenario, rules: Rules): State[] {
  const next = copyOf(state);
  const reader = next.reader;
  const find = (kind: RegExp) =>
    next.committed.filter(
      (entry) =>
        kind.test(entry.key) &&
        isBehind(entry, reader.token) &&
        (entry.value !== null || entry.version > reader.token.spared) &&
        (rules.head === 'after the rows' || entry.version <= reader.head),
    );
  switch (reader.step) {
    case 'head':
      if (reader.answers === answers) return [];
      reader.head = next.head;
      reader.entries = [];
      if (rules.deletions === 'spared who begins' && reader.token.version === 0)
        reader.token.spared = next.head;
      reader.step = 'first kind';
      return [next];
    case 'first kind':
      reader.entries.push(...find(KINDS[0]));
      reader.step = 'second kind';
      return [next];
    case 'second kind':
      reader.entries.push(...find(KINDS[1]));
      reader.step = rules.head === 'after the rows' ? 'late head' : 'records';
      if (reader.step === 'records') cut(reader, limit, rules);
      return [next];
    case 'late head':
      reader.head = next.head;
      cut(reader, limit, rules);
      reader.step = 'records';
      return [next];
    case 'records':
      lookUp(next);
      reader.step = 'apply';
      return [next];
    case 'apply':
      for (const { key, value } of reader.entries) {
        if (value === null) delete reader.copy[key];
        else reader.copy[key] = value;
      }
      reader.step = 'keep';
      return [next];
    case 'keep': {
      const kept = copyOf(next);
      kept.reader.token = reader.next;
      const ended = copyOf(next);
      ended.reader.ends++;
      const done = [kept, ...(reader.ends < ends ? [ended] : [])];
      for (const { reader } of done) {
        Object.assign(reader, { step: 'head', head: 0, entries: [], next: reader.token, more: false });
        reader.answers++;
      }
      return done;
    }
  }
}

function cut(reader: Reader, limit: number, rules: Rules): void {
  const found = reader.entries.sort(order);
  reader.more = found.length > limit;
  reader.entries = found.slice(0, limit);
  const last = reader.entries.at(-1);
  const end = { version: reader.head, key: null };
  const within = last && { version: last.version, key: rules.token === 'record' ? last.key : null };
  reader.next = { ...(reader.more && within ? within : end), spared: reader.token.spared };
}

/** Records are looked up after their entries were found: those that have moved on are left out. */
function lookUp({ committed, reader }: State): void {
  reader.entries = reader.entries.filter((entry) =>
    committed.some((other) => other.key === entry.key && other.version === entry.version),
  );
}

/** What the reader has once it has asked until nothing more came, while nobody writes. */
function caughtUp(state: State, scenario: Scenario, rules: Rules): Record<string, string> {
  let now = copyOf(state);
  const alone = { ...scenario, answers: Number.POSITIVE_INFINITY, ends: 0 };
  for (;;) {
    const before = JSON.stringify(now.reader.token);
    do now = readerSteps(now, alone, rules)[0]!;
    while (now.reader.step !== 'head');
    if (JSON.stringify(now.reader.token) === before) return now.reader.copy;
  }
}

const recordsOf = ({ committed }: State): Record<string, string> =>
  Object.fromEntries(committed.flatMap(({ key, value }) => (value === null ? [] : [[key, value]])));

const sorted = (records: Record<string, string>) => JSON.stringify(Object.entries(records).sort());

export interface Explored {
  states: number;
  /** Turns after which a reader that asks on never gets what is stored; null: there are none. */
  counterexample: string[] | null;
}

/** Every state that can be reached; in each in which the reader is between two answers, it must be able to catch up. */
export function explore(scenario: Scenario, rules: Rules): Explored {
  const first = start(scenario);
  const seen = new Set([JSON.stringify(first)]);
  const open: { state: State; turns: string[] }[] = [{ state: first, turns: [] }];
  for (let place = 0; place < open.length; place++) {
    const { state, turns } = open[place]!;
    if (state.reader.step === 'head') {
      const copy = caughtUp(state, scenario, rules);
      if (sorted(copy) !== sorted(recordsOf(state))) return { states: seen.size, counterexample: turns };
    }
    const steps = [
      ...state.writers.flatMap((writer, index) =>
        writerSteps(state, index, scenario, rules).map(
          (next) => [`writer ${index + 1}: ${writer.step}`, next] as const,
        ),
      ),
      ...readerSteps(state, scenario, rules).map((next) => [`reader: ${state.reader.step}`, next] as const),
    ];
    for (const [turn, next] of steps) {
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      open.push({ state: next, turns: [...turns, turn] });
    }
  }
  return { states: seen.size, counterexample: null };
}
