/** The screens: one page whose scripts and styles are files of their own, named by what is in them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Nine of eleven: the last two take twenty times as long for a fiftieth. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const SMALLER = [
  ['.br', (bytes) => promisify(brotliCompress)(bytes, BROTLI)],
  ['.gz', (bytes) => promisify(gzip)(bytes, { level: 9 })],
];

/** What draws pages, finds them, asks and speaks; rows of long lists come with the lists. */
const FRAME =
  /node_modules[\\/](?:react|react-dom|scheduler|i18next|react-i18next|@tanstack[\\/](?!react-virtual|virtual-core)[\w-]+)[\\/]/;

/** Every word that is not a page's own. */
const WORDS =
  /web[\\/]src[\\/]words[\\/](?:en|names|documents|ordering|measures|planning|schedule|words|pseudo)\.ts/;

/** Beside each file lies what of it is sent: made once, not with every answer. The page itself is another each time. */
const compressed = {
  name: 'compressed',
  apply: 'build',
  writeBundle: async ({ dir }, bundle) => {
    const texts = Object.values(bundle).filter(({ fileName }) => /\.(js|css|svg)$/.test(fileName));
    for (const { fileName, code, source } of texts)
      for (const [ending, compress] of SMALLER)
        await writeFile(join(dir, `${fileName}${ending}`), await compress(code ?? source));
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed],
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
    // What every page needs stays together: in many small files the same words are not found again, and it is larger.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'frame', test: FRAME },
            { name: 'words', test: WORDS },
          ],
        },
      },
    },
    reportCompressedSize: false,
    // What a first load may weigh is held by a spec (test/web/size.spec.ts).
    chunkSizeWarningLimit: 1_000,
  },
  logLevel: 'warn',
});
