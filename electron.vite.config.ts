import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'electron-vite';

/** Every Node entry point is built here: `index` runs in Electron, the others on the pinned Node. */
const nodeEntries = {
  index: 'src-main/index.ts',
  api: 'src-api/index.ts',
  worker: 'src-worker/index.ts',
  transcriber: 'src-worker/transcriber/index.ts',
  longhand: 'src-cli/index.ts',
};

/**
 * Packages that become part of the programs: read as a few files in place of two thousand, which halves the time to a
 * start. Those with native parts, or which find files beside themselves (Temporal, pino), stay as they are.
 */
const bundled = [
  '@atproto/api',
  '@atproto/common-web',
  '@atproto/lex-cbor',
  '@atproto/lex-json',
  '@hono/node-server',
  '@modelcontextprotocol/sdk',
  'chrono-node',
  'commander',
  'drizzle-orm',
  'feed',
  'hono',
  'luxon',
  'masto',
  'ollama',
  'undici',
  'write-file-atomic',
  'zod',
];

const fromRoot = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: fromRoot('dist-app/main'),
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(nodeEntries).map(([name, path]) => [name, fromRoot(path)])),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: fromRoot('dist-app/preload'),
      rolldownOptions: {
        input: { preload: fromRoot('src-main/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: fromRoot('src-renderer'),
    build: {
      outDir: fromRoot('dist-app/renderer'),
      // Halves what is read and parsed before the window shows anything.
      minify: true,
      rolldownOptions: { input: fromRoot('src-renderer/index.html') },
    },
    plugins: [react(), tailwindcss()],
  },
});
