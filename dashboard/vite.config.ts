import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { fallbackDocument, readFallbackSettings, textFallbackDocument } from './twilio-fallback.ts';

/** Writes Twilio's fallback documents beside the pages. */
function twilioFallback(): Plugin {
  return {
    name: 'twilio-fallback',
    generateBundle() {
      const settings = readFallbackSettings(process.env);
      const documents = {
        'twilio-fallback.xml': fallbackDocument(settings),
        'twilio-text-fallback.xml': textFallbackDocument(settings),
      };
      for (const [fileName, source] of Object.entries(documents)) {
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), twilioFallback()],
  build: {
    target: 'es2022',
    /** Nothing inline: the pages run under a policy that allows files of this origin only. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'password.html', 'status.html'].map((page) =>
        fileURLToPath(new URL(page, import.meta.url)),
      ),
    },
  },
});
