// Writes what the code already says: docs/api.md and docs/errors.md from the contract, docs/channels.md, docs/metrics.md and
// docs/exercises.md from motion, docs/conformance.md from its cases, .env.example from the settings.
// With --check it writes nothing and fails when a file says something else. The code is compiled first, away from dist.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { withCompiled } from './compile.mjs';
import { loadCode } from './docs/code.mjs';
import { conformance } from './docs/conformance.mjs';
import { errors } from './docs/errors.mjs';
import { channels, exercises, metrics } from './docs/motion.mjs';
import { introduction, reference } from './docs/reference.mjs';
import { environment } from './docs/settings.mjs';

const check = process.argv.includes('--check');

await withCompiled(async (folder) => {
  const code = await loadCode(folder);
  const files = {
    'docs/api.md': api(code),
    'docs/errors.md': errors(code),
    'docs/channels.md': channels(code),
    'docs/metrics.md': metrics(code),
    'docs/exercises.md': exercises(code),
    'docs/conformance.md': conformance(code),
    '.env.example': environment(code),
  };
  for (const [name, text] of Object.entries(files)) {
    if (!check) writeFileSync(name, text);
    else if (!existsSync(name) || readFileSync(name, 'utf8') !== text) {
      console.error(`${name} is not what the code says: run node scripts/write-docs.mjs and commit it`);
      process.exitCode = 1;
    }
  }
});

function api(code) {
  const head = ['# API', '', '_Written by `node scripts/write-docs.mjs` from `src/contract`._', ''];
  const text = [...head, introduction(code), ...reference(code, 2).map(({ markdown }) => markdown)].join(
    '\n',
  );
  return `${text.trimEnd()}\n`;
}
