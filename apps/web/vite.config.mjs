/** The screens: one page whose scripts and styles are files of their own, named by what is in them. */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Contracts come as they are written: nothing has to be built before.
  resolve: { conditions: ['@fascia/source', ...defaultClientConditions] },
  // Whoever serves the page puts another one in with every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: join(import.meta.dirname, 'dist', 'site'),
    emptyOutDir: true,
    target: 'es2023',
    // The policy lets nothing in that is written into the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  logLevel: 'warn',
});
