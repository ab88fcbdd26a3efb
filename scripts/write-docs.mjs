// Writes what the code already says: docs/api.md and docs/errors.md from the contract, docs/channels.md and docs/exercises.md
// from motion, docs/conformance.md from its cases, .env.example from the settings.
// With --check it writes nothing and fails when a file says something else.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ENDPOINTS } from '../dist/contract/endpoints.js';
import { ERRORS, SIGN_IN_ERRORS } from '../dist/contract/errors.js';
import { SETTINGS } from '../dist/server/config.js';
import { describeApi } from '../dist/server/openapi.js';
import { exampleOf, membersOf } from '../dist/server/schemaMembers.js';
import { conformance } from './docs-of-conformance.mjs';
import { channels, exercises } from './docs-of-motion.mjs';

const files = {
  'docs/api.md': api(),
  'docs/errors.md': errors(),
  'docs/channels.md': channels(),
  'docs/exercises.md': exercises(),
  'docs/conformance.md': conformance(),
  '.env.example': environment(),
};
const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const url = new URL(`../${name}`, import.meta.url);
  if (!check) writeFileSync(url, text);
  else if (!existsSync(url) || readFileSync(url, 'utf8') !== text) {
    console.error(`${name} is not what the code says: run node scripts/write-docs.mjs and commit it`);
    process.exitCode = 1;
  }
}

function api() {
  const { paths, info, components } = describeApi('');
  const lines = [
    '# API',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/contract`._',
    '',
    info.description,
    '',
  ];
  lines.push(
    'Bodies and answers are described in `/openapi.json` under the names given here; `Repetitions[].Start` is a member of each object of a list.',
    '',
  );
  for (const { method, path } of Object.values(ENDPOINTS)) {
    const operation = paths[path][method.toLowerCase()];
    lines.push(`## ${method} ${path}`, '', `${operation.summary}. ${operation.description}`, '');
    const body = bodyOf(operation);
    if (body) lines.push(...bodyLines(body, components.schemas[body]));
    const answer = /#\/components\/schemas\/(\w+)/.exec(
      JSON.stringify(
        Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1] ?? '',
      ),
    )?.[1];
    if (answer) lines.push(`Answer: \`${answer}\`.`, '');
    if (operation.parameters.length > 0) {
      lines.push('| parameter | in | |', '| --- | --- | --- |');
      for (const { name, in: place, required, description } of operation.parameters)
        lines.push(`| \`${name}\` | ${place}${required ? ', required' : ''} | ${description} |`);
      lines.push('');
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function bodyOf({ requestBody }) {
  if (requestBody === undefined) return '';
  const schema = /#\/components\/schemas\/(\w+)/.exec(JSON.stringify(requestBody))?.[1];
  return schema ?? 'the bytes of the recording';
}

function bodyLines(name, schema) {
  if (schema === undefined) return [`Body: ${name}.`, ''];
  const { description } = schema;
  const lines = [
    `Body: \`${name}\`.${description ? ` ${description}` : ''}`,
    '',
    '| member | type | |',
    '| --- | --- | --- |',
  ];
  for (const member of membersOf(schema))
    lines.push(
      `| \`${member.name}\` | ${member.type}${member.required ? ', required' : ''} | ${member.description} |`,
    );
  const example = exampleOf(schema);
  if (example !== undefined) lines.push('', '```json', JSON.stringify(example, null, 2), '```');
  return [...lines, ''];
}

function errors() {
  const lines = [
    '# Errors',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/contract/errors.ts`._',
    '',
  ];
  lines.push(
    'An answer that is not 2xx holds `{"message": …, "code": …}`. The code is stable, the message is for people: a 4xx says what to change, a 5xx names the id under which the log explains it.',
    '',
  );
  lines.push('| code | status | meaning |', '| --- | --- | --- |');
  for (const [code, { status, meaning }] of Object.entries(ERRORS))
    lines.push(`| \`${code}\` | ${status} | ${meaning} |`);
  lines.push(
    '',
    '## Sign-in',
    '',
    'The sign-in door answers `{"__type": …, "message": …}` and repeats the name in `x-amzn-errortype`, as clients of Amazon Cognito expect.',
    '',
  );
  lines.push('| `__type` | status |', '| --- | --- |');
  for (const [name, status] of Object.entries(SIGN_IN_ERRORS)) lines.push(`| \`${name}\` | ${status} |`);
  return `${lines.join('\n')}\n`;
}

function environment() {
  const lines = [
    '# Settings of the server. Written by `node scripts/write-docs.mjs` from src/server/config.ts.',
    '',
  ];
  for (const { variable, help, example } of SETTINGS) lines.push(`# ${help}`, `# ${variable}=${example}`, '');
  return `${lines.join('\n').trimEnd()}\n`;
}
