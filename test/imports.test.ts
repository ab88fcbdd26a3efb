import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../src/', import.meta.url));

interface Rule {
  /** Layers it may import, beside itself. */
  layers: readonly string[];
  /** Packages it may import; `node:` stands for all of Node's own. */
  packages: readonly string[];
  /** Layers that only an `import()` may name, or a type. */
  lazily?: readonly string[];
  /** What single files may import beyond that, with the reason for it. */
  except?: Readonly<Record<string, { layers: readonly string[]; because: string }>>;
}

/** Who may know whom. A folder is a layer; the most particular folder of a file counts. */
const TABLE: Readonly<Record<string, Rule>> = {
  contract: { layers: [], packages: [] },
  'contract/schemas': { layers: ['contract'], packages: ['typebox'] },
  motion: { layers: [], packages: [] },
  tables: { layers: ['contract'], packages: ['hyparquet-writer', '@uwdata/flechette'] },
  store: { layers: ['contract'], packages: ['node:', 'libsql', 'pg'] },
  objects: { layers: [], packages: ['node:', 's3mini'] },
  server: {
    layers: ['contract', 'contract/schemas', 'motion', 'tables', 'store', 'objects'],
    packages: [
      'node:',
      'fastify',
      '@fastify/cors',
      'pino',
      'prom-client',
      'jose',
      'typebox',
      '@node-rs/argon2',
    ],
  },
  sdk: {
    layers: ['contract'],
    packages: [],
    except: {
      'sdk/motion.ts': {
        layers: ['motion'],
        because: 'a sub-path of the published client, for who reads recordings',
      },
    },
  },
  react: { layers: ['sdk', 'contract'], packages: ['react', '@tanstack/react-query'] },
  // What is made of recordings here is a format that motion writes; everything else comes from the server.
  mirror: { layers: ['sdk', 'contract', 'tables', 'motion'], packages: ['node:'] },
  // Its own fetch and its own reading: what it finds out about a server must not pass through our client.
  conformance: { layers: ['contract'], packages: ['node:'] },
  cli: {
    layers: ['sdk', 'motion', 'tables', 'mirror', 'conformance'],
    packages: ['node:', 'commander', '@clack/prompts'],
    lazily: ['server', 'store', 'objects'],
  },
  web: {
    layers: ['react', 'sdk', 'motion'],
    packages: [
      'react',
      'react-dom',
      '@tanstack/react-query',
      '@tanstack/react-router',
      '@tanstack/react-virtual',
      '@radix-ui/react-dropdown-menu',
      '@radix-ui/react-tabs',
      'three',
    ],
    except: {
      'web/ui/csv.ts': {
        layers: ['tables'],
        because: 'the same CSV as everywhere: how texts are quoted, how numbers are written',
      },
    },
  },
};

interface Import {
  from: string;
  dynamic: boolean;
  typeOnly: boolean;
}

const FILES = (readdirSync(ROOT, { recursive: true }) as string[])
  .filter((file) => /\.tsx?$/.test(file))
  .sort();

/** What a file imports, comments left out. */
function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');
  const fixed = source.matchAll(/^\s*(import|export)(\s+type)?\s+(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  const dynamic = source.matchAll(/\bimport\(\s*['"`]([^'"`]+)['"`]/g);
  return [
    ...[...fixed].map((match) => ({ from: match[3]!, dynamic: false, typeOnly: match[2] !== undefined })),
    ...[...dynamic].map((match) => ({ from: match[1]!, dynamic: true, typeOnly: false })),
  ];
}

const layerOf = (file: string): string | undefined =>
  Object.keys(TABLE)
    .filter((layer) => file.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];

const isRelative = (from: string) => from.startsWith('.');
const target = (file: string, from: string) => join(dirname(file), from);
const packageOf = (from: string) =>
  from.startsWith('node:')
    ? 'node:'
    : from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/');

const IMPORTS = new Map(FILES.map((file) => [file, importsOf(file)]));

test('the sources are read as they are', () => {
  expect(FILES.length).toBeGreaterThan(100);
  expect(IMPORTS.get('store/open.ts')).toContainEqual({
    from: './postgres.ts',
    dynamic: true,
    typeOnly: false,
  });
  expect(IMPORTS.get('store/lock.ts')!.map((found) => found.from)).toEqual([
    'node:fs',
    'node:path',
    'libsql',
    './db.ts',
  ]);
  expect(IMPORTS.get('store/secrets.ts')).toContainEqual({ from: './db.ts', dynamic: false, typeOnly: true });
});

test('every file belongs to a layer', () => {
  expect(FILES.filter((file) => layerOf(file) === undefined)).toEqual([]);
});

describe.each(Object.entries(TABLE).filter(([layer]) => FILES.some((file) => layerOf(file) === layer)))(
  'src/%s',
  (layer, rule) => {
    const files = FILES.filter((file) => layerOf(file) === layer);

    test('imports only layers that it may know', () => {
      const wrong: string[] = [];
      for (const file of files) {
        const more = rule.except?.[file]?.layers ?? [];
        for (const { from, dynamic, typeOnly } of IMPORTS.get(file)!.filter((found) =>
          isRelative(found.from),
        )) {
          const other = layerOf(target(file, from)) ?? 'outside src';
          const lazy = (dynamic || typeOnly || LAZY.has(file)) && rule.lazily?.includes(other);
          if (other !== layer && !rule.layers.includes(other) && !more.includes(other) && !lazy)
            wrong.push(`${file} imports ${from}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    test('imports only packages that it may use', () => {
      const wrong = files.flatMap((file) =>
        IMPORTS.get(file)!
          .filter(({ from }) => !isRelative(from) && !rule.packages.includes(packageOf(from)))
          .map(({ from }) => `${file} imports ${from}`),
      );
      expect(wrong).toEqual([]);
    });
  },
);

/** Files that no command loads at its start, because they are imported by `import()` alone. */
const LAZY = new Set(FILES.filter((file) => file.startsWith('cli/') && !reachable('cli/main.ts').has(file)));

/** Everything that is loaded when a file is. */
function reachable(start: string, seen = new Set<string>()): Set<string> {
  if (seen.has(start) || !IMPORTS.has(start)) return seen;
  seen.add(start);
  for (const { from, dynamic, typeOnly } of IMPORTS.get(start)!) {
    if (isRelative(from) && !dynamic && !typeOnly) reachable(target(start, from), seen);
  }
  return seen;
}

test('the command line loads neither server nor store until a command needs them', () => {
  const loaded = [...reachable('cli/main.ts')].filter((file) => /^(server|store|objects)\//.test(file));
  expect(loaded).toEqual([]);
});

test('the client loads nothing of Node, of the server, or of the schema library', () => {
  for (const file of FILES.filter((each) => /^(sdk|react)\//.test(each))) {
    const loaded = [...reachable(file)];
    expect(
      loaded.filter(
        (each) => !/^(sdk|react|contract|motion)\//.test(each) || each.startsWith('contract/schemas/'),
      ),
      file,
    ).toEqual([]);
    for (const each of loaded)
      expect(
        IMPORTS.get(each)!.filter(
          ({ from }) =>
            !isRelative(from) && !(each.startsWith('react/') && TABLE.react!.packages.includes(from)),
        ),
        each,
      ).toEqual([]);
  }
});

test('every import names its file, with its ending', () => {
  const wrong: string[] = [];
  for (const [file, imports] of IMPORTS) {
    for (const { from } of imports.filter((found) => isRelative(found.from))) {
      if (!/\.tsx?$/.test(from) || !existsSync(join(ROOT, target(file, from))))
        wrong.push(`${file} imports ${from}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('no file leads back to itself by way of others, not even by a type', () => {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) {
      cycles.push([...path.slice(at), file].join(' → '));
      return;
    }
    if (done.has(file) || !IMPORTS.has(file)) return;
    for (const { from, dynamic } of IMPORTS.get(file)!) {
      if (isRelative(from) && !dynamic) visit(target(file, from), [...path, file]);
    }
    done.add(file);
  };
  for (const file of FILES) visit(file, []);
  expect(cycles).toEqual([]);
});

test('what the sources import is a dependency, and every dependency is imported or only holds a version', () => {
  const manifest = (path: string) =>
    JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as {
      dependencies: Record<string, string>;
      peerDependencies: Record<string, string>;
    };
  const used = (layers: RegExp) =>
    [
      ...new Set(
        [...IMPORTS].flatMap(([file, imports]) =>
          imports
            .filter(({ from }) => layers.test(file) && !isRelative(from) && !from.startsWith('node:'))
            .map(({ from }) => packageOf(from)),
        ),
      ),
    ].sort();
  // Named to hold its version beneath fastify.
  const held = ['light-my-request'];
  const depended = Object.keys(manifest('../package.json').dependencies);
  expect(used(/^(?!react\/|web\/)/)).toEqual(depended.filter((name) => !held.includes(name)).sort());
  // Hooks run in programs that bring these.
  const peers = manifest('../publish/sdk/package.json').peerDependencies;
  expect(used(/^react\//)).toEqual(Object.keys(peers).sort());
});
