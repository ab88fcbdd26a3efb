// Puts the SDK's tarball together: contract (without its schemas), motion, sdk and react, compiled without Node's types, beside
// the manifest in publish/sdk. `npm run pack:sdk -- --out DIR`; DIR is the current folder when absent.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { WORDLESS, wordless } from './wordless.mjs';

const args = process.argv.slice(2).filter((word) => word !== '--');
const { values } = parseArgs({ args, options: { out: { type: 'string', default: '.' } } });
const out = resolve(values.out);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kinebase-sdk-'));
try {
  const tsc = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.sdk.json'), '--outDir', folder], {
    stdio: 'inherit',
  });
  // Inventing movement is for demos and tests, the figure for the web app.
  for (const name of ['generator', 'skeleton']) rmSync(join(folder, 'motion', name), { recursive: true });
  for (const name of readdirSync(folder, { recursive: true }))
    if (name.endsWith('.d.ts')) nameJavaScript(join(folder, name));
  for (const name of WORDLESS) {
    const file = join(folder, `contract/${name}.js`);
    writeFileSync(file, wordless(name, await import(pathToFileURL(file).href)));
  }
  const manifest = JSON.parse(readFileSync(join(root, 'publish/sdk/package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  cpSync(join(root, 'publish/sdk/README.md'), join(folder, 'README.md'));
  mkdirSync(out, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', out], {
    cwd: folder,
    encoding: 'utf8',
  });
  console.log(join(out, JSON.parse(packed)[0].filename));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The compiler leaves `.ts` in the imports of declarations; compilers older than ours do not all follow those. */
function nameJavaScript(file) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/((?:from|import\()\s*['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
}
