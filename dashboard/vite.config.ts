import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { fallbackDocument, readFallbackSettings } from './twilio-fallback.ts';

/** Writes `twilio-fallback.xml` beside the page. */
function twilioFallback(): Plugin {
  return {
    name: 'twilio-fallback',
    generateBundle() {
      const source = fallbackDocument(readFallbackSettings(process.env));
      this.emitFile({ type: 'asset', fileName: 'twilio-fallback.xml', source });
    },
  };
}

export default defineConfig({
  plugins: [twilioFallback()],
  build: {
    target: 'es2022',
    /** Nothing inline: the page runs under a policy that allows files of this origin only. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'password.html'].map((page) =>
        fileURLToPath(new URL(page, import.meta.url)),
      ),
    },
  },
});
