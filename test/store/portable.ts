/**
 * The portable subset of SQL, as a lint: what SQLite, PostgreSQL, a pooler in transaction mode and a distributed PostgreSQL
 * all do alike. Rows of an organization lie in one shard, so every key and every statement begins with their org_id.
 */

/** Tables that are no organization's: found before the organization is known, or shared by all servers; small. */
export const GLOBAL: ReadonlySet<string> = new Set([
  'organizations',
  'users',
  'clients',
  'api_keys',
  'sign_ins',
  'signing_keys',
  'secrets',
  'migrations',
  'counters',
  'failed_sign_ins',
  'issuers',
]);

const FORBIDDEN: readonly [RegExp, string][] = [
  [
    /\b(small|big)?serial\b|\bsequence\b|\bnextval\b|\bidentity\b|\bautoincrement\b/,
    'numbers that the engine draws',
  ],
  [/\btriggers?\b/, 'a trigger'],
  [/\blisten\b|\bnotify\b|\bpg_notify\b/, 'messages between connections'],
  [/\b(pg_)?(try_)?advisory\w*/, 'an advisory lock'],
  [/\bprepare\b|\bdeallocate\b|^execute\b/, 'a named prepared statement'],
  [/\bsavepoint\b|\brelease\b|\brollback to\b/, 'a savepoint'],
  [/\btemp(orary)?\b|\bunlogged\b/, 'a temporary table'],
  [/\bdeferrable\b|\bdeferred\b|\bexclude\b/, 'a constraint that is checked later, or one of exclusion'],
  [/\binherits\b|\bpartition\b/, 'inheritance or partitions'],
  [/\block table\b/, 'a lock on a table'],
  [/\bnow\(\)|\bcurrent_timestamp\b|\brandom\(\)|\bgen_random_uuid\b/, 'a value that differs with every run'],
  [/\bilike\b|\bjsonb?\b|\btimestamptz?\b/, 'something that one engine does not have'],
];

/** A row lock is kept in one shard by whoever writes this beside it. */
const MARK = '/* one shard */';
const ROW_LOCK = /\bfor (no key update|update|key share|share)\b/;

export const plain = (sql: string): string => sql.replace(/\s+/g, ' ').trim();

const inWords = (sql: string): string =>
  plain(sql)
    .toLowerCase()
    .replace(/'(?:[^']|'')*'/g, "''");

function forbidden(sql: string): string[] {
  const text = inWords(sql);
  return [
    ...FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(([, what]) => what),
    ...(ROW_LOCK.test(text) && !text.includes(MARK) ? ['a row lock without its mark'] : []),
  ];
}

/** What is wrong with the statements of a schema; empty when nothing is. */
export function lintSchema(statements: readonly string[]): string[] {
  return statements.flatMap((statement) => {
    const sql = inWords(statement);
    const found = [...forbidden(statement), ...tableOffences(sql), ...indexOffences(sql)];
    return found.map((what) => `${what}: ${plain(statement)}`);
  });
}

function tableOffences(sql: string): string[] {
  const created = /^create table (?:if not exists )?(\w+) \((.*)\)( without rowid)?$/.exec(sql);
  if (created !== null) {
    const [, name, body] = created as unknown as [string, string, string];
    if (GLOBAL.has(name)) return [];
    const parts = topLevel(body);
    return [
      ...(/^org_id text\b.* not null\b/.test(parts[0]!) ? [] : ['its first column is not org_id']),
      ...(parts.some((part) => /^(constraint \w+ )?primary key \(/.test(part)) ? [] : ['no primary key']),
      ...parts.flatMap(partOffences),
    ];
  }
  const altered = /^alter table (?:only )?(\w+) add (?:column )?(.*)$/.exec(sql);
  return altered === null || GLOBAL.has(altered[1]!) ? [] : partOffences(altered[2]!);
}

/** A column, or a constraint of a table. */
function partOffences(part: string): string[] {
  const key = /(primary key|unique|foreign key)(?: nulls not distinct)? \(([^)]*)\)/.exec(part);
  if (/^(constraint|primary|unique|foreign|check)\b/.test(part)) {
    if (key === null) return [];
    const target = /references \w+ \(([^)]*)\)/.exec(part)?.[1];
    return [
      ...(first(key[2]!) === 'org_id' ? [] : [`its ${key[1]} does not begin with org_id`]),
      ...(key[1] !== 'foreign key' || first(target ?? '') === 'org_id'
        ? []
        : ['what it refers to does not begin with org_id']),
    ];
  }
  if (/^org_id\b/.test(part)) return [];
  return /\b(primary key|unique|references)\b/.test(part) ? ['a key of one column that is not org_id'] : [];
}

function indexOffences(sql: string): string[] {
  const index =
    /^create (?:unique )?index (?:concurrently )?(?:if not exists )?\w+ on (?:only )?(\w+)(?: using \w+)? \((.*)$/.exec(
      sql,
    );
  if (index === null || GLOBAL.has(index[1]!)) return [];
  return first(index[2]!) === 'org_id' ? [] : ['its index does not begin with org_id'];
}

const first = (columns: string): string => /^\s*(\w+)/.exec(columns)?.[1] ?? '';

/** The parts between commas that are in no brackets. */
function topLevel(body: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of body) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}

/** The tables of organizations that a schema makes. */
export const tenantTables = (statements: readonly string[]): string[] =>
  statements
    .map((statement) => /^create table (?:if not exists )?(\w+)/.exec(inWords(statement))?.[1])
    .filter((name): name is string => name !== undefined && !GLOBAL.has(name));

/**
 * What is wrong with a statement of the program. Each time it names a table of organizations it must name the organization,
 * as a parameter or as the first column that it inserts. `${…}` stands for what is put in at run time.
 */
export function lintStatement(sql: string, tenants: readonly string[]): string[] {
  const text = inWords(sql);
  const touching = new RegExp(`\\b(from|into|update|join) (${tenants.join('|')})\\b`, 'g');
  const times = [...text.matchAll(touching)].length;
  const named = [...text.matchAll(/\borg_id = \$\d+|\(org_id,|\borg_id = \w+\.org_id/g)].length;
  const open = /where \$\{/.test(text);
  const found = [
    ...forbidden(sql),
    ...(tenants.length > 0 && named < times && !open
      ? ['a statement that does not name its organization']
      : []),
  ];
  return found.map((what) => `${what}: ${plain(sql)}`);
}

/** The statements that stand in a source file. */
export function writtenStatements(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const texts = [...code.matchAll(/`([^`]*)`|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g)].map(
    (match) => match[1] ?? match[2] ?? match[3]!,
  );
  return texts.filter((text) => STATEMENT.test(text)).map(plain);
}

const STATEMENT =
  /^\s*(select|insert into|update|delete from|with|create|alter|drop|lock|listen|notify|prepare|execute|savepoint|release savepoint|declare|set local|truncate)\s/i;

/** A statement with a name is prepared once per connection, which a pooler hands to somebody else. */
export function lintSource(source: string): string[] {
  return [...source.matchAll(/\bquery\(\s*\{[^}]*\bname\s*:[^}]*\}/g)].map(
    (match) => `a named prepared statement: ${plain(match[0])}`,
  );
}
