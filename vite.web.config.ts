import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, transformWithOxc } from 'vite';
import { WORDLESS, wordless } from './scripts/wordless.mjs';

/** Builds the web app into static files, which the server hands out. While developing: `npx vite -c vite.web.config.ts` beside `npm start`. */
export default defineConfig({
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  plugins: [wordlessContract(), react(), tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    // The policy of the pages lets no script or style be written into them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  server: {
    proxy: Object.fromEntries(
      [
        'athletes',
        'assessments',
        'exercises',
        'sessions',
        'ikData',
        'reportData',
        'reports',
        'channels',
        'changes',
      ]
        .concat([
          'export',
          'users',
          'clients',
          'keys',
          'webhooks',
          'organization',
          'recomputation',
          'docs',
          'health',
        ])
        .map((path) => [`/${path}`, 'http://127.0.0.1:4750']),
    ),
  },
});

/** Leaves out of the contract's tables what only documentation reads. */
function wordlessContract(): Plugin {
  const file = new RegExp(`/src/contract/(${WORDLESS.join('|')})\\.ts$`);
  return {
    name: 'wordless-contract',
    enforce: 'pre',
    async transform(code, id) {
      const name = file.exec(id)?.[1];
      if (name === undefined) return null;
      const { code: script } = await transformWithOxc(code, id);
      const module = await import(`data:text/javascript,${encodeURIComponent(script)}`);
      return { code: wordless(name, module), map: null };
    },
  };
}
