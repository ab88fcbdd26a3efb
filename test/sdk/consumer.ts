import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const ROOT = new URL('../..', import.meta.url).pathname;

/** An empty folder of a user's, into which the client was installed as it is packed, without a network. */
export interface Consumer {
  folder: string;
  /** Where the client lies. */
  installed: string;
  /** Beside the client, packages that a user of its hooks has; they lie with ours. */
  bring(...packages: string[]): void;
  write(name: string, text: string): string;
  end(): void;
}

export function createConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-consumer-'));
  const packed = execFileSync(process.execPath, [join(ROOT, 'scripts/pack-sdk.mjs'), '--', '--out', folder], {
    encoding: 'utf8',
  });
  writeFileSync(join(folder, 'package.json'), '{"name":"consumer","private":true,"type":"module"}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', packed.trim()], {
    cwd: folder,
    stdio: 'pipe',
  });
  return {
    folder,
    installed: join(folder, 'node_modules/@kinebase/client'),
    bring(...packages) {
      for (const name of packages) {
        const path = join(folder, 'node_modules', name);
        mkdirSync(dirname(path), { recursive: true });
        symlinkSync(join(ROOT, 'node_modules', name), path);
      }
    },
    write(name, text) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
