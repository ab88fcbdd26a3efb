// Compiles src to dist, puts the migrations beside the compiled store, the web app into dist/web and the documentation into
// dist/docs. The new folder takes the place of the old one at once, so that a running server or test never sees half of it.
import { chmodSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { buildDocs } from './build-docs.mjs';
import { withCompiled } from './compile.mjs';

// What is built is what is shipped, whoever builds it: a test runner says otherwise in the environment.
process.env.NODE_ENV = 'production';

await withCompiled(async (fresh) => {
  await build({
    configFile: 'vite.web.config.ts',
    build: { outDir: resolve(fresh, 'web') },
    logLevel: 'warn',
  });
  cpSync('src/store/migrations', `${fresh}/store/migrations`, { recursive: true });
  await buildDocs(fresh, `${fresh}/docs`);
  chmodSync(fresh, 0o755);
  if (existsSync('dist')) renameSync('dist', `${fresh}-old`);
  renameSync(fresh, 'dist');
  rmSync(`${fresh}-old`, { recursive: true, force: true });
});
