import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { serveFolder } from '../setup/chromium.ts';

/** Builds the page with nothing but the figure, and serves it. */
export async function serveFigurePage(): Promise<{ url: string; end(): Promise<void> }> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'kinebase-figure-'));
  await build({
    configFile: false,
    root,
    base: './',
    plugins: [react(), tailwindcss()],
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 800,
      rollupOptions: { input: join(root, 'test/web/figure-page/index.html') },
    },
  });
  const served = await serveFolder(outDir);
  return {
    url: `${served.url}/test/web/figure-page/index.html`,
    async end() {
      await served.end();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
