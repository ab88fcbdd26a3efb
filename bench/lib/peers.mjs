// Other readers of delimited text, installed into a folder that is removed afterwards. Each gives columns of doubles.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PACKAGES = ['d3-dsv@3.0.2', 'csv-parse@7.0.3'];

export async function installReaders() {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-readers-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, 'package.json'), '{"name":"readers","private":true}');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...PACKAGES];
    if (spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
      throw new Error(`npm could not install ${PACKAGES.join(' and ')}`);
    const require = createRequire(join(folder, 'package.json'));
    const load = async (name) => {
      const loaded = await import(pathToFileURL(require.resolve(name)).href);
      return loaded.default ?? loaded;
    };
    const { tsvParseRows } = await load('d3-dsv');
    const { parse } = await load('csv-parse/sync');
    return {
      remove,
      readers: [
        // Bytes to columns for each of them: what arrives is a file, what is needed are numbers.
        { name: PACKAGES[0], read: (bytes) => columnsOf(tsvParseRows(bytes.toString())) },
        { name: PACKAGES[1], read: (bytes) => columnsOf(parse(bytes, { delimiter: '\t' })) },
      ],
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function columnsOf([labels, ...rows]) {
  const columns = labels.map(() => new Float64Array(rows.length));
  for (let row = 0; row < rows.length; row++) {
    const cells = rows[row];
    for (let column = 0; column < columns.length; column++) columns[column][row] = +cells[column];
  }
  return columns;
}
