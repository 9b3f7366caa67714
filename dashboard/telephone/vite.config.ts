import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The telephone in the page, for local runs: built into a folder of its own, which nobody deploys. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/telephone/',
  publicDir: false,
  plugins: [react()],
  build: {
    target: 'es2022',
    /** Nothing inline: the page runs under a policy that allows files of its origin only. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    outDir: 'dist',
    chunkSizeWarningLimit: 1_000,
  },
});
