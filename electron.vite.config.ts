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

const fromRoot = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: fromRoot('dist-app/main'),
      externalizeDeps: true,
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
