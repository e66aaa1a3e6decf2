import { defineConfig } from 'vite';
import { licensed } from './scripts/licences.ts';

/** The library, beside the Guard in its package. A build of its own, for the Guard is to stay one file. */
export default defineConfig({
  plugins: [licensed('fogbugz.licences.md')],
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/fogbugz/library.ts',
    outDir: 'dist/guard',
    emptyOutDir: false,
    license: { fileName: 'fogbugz.licences.md' },
    target: 'node20',
    rolldownOptions: {
      output: {
        entryFileNames: 'fogbugz.mjs',
        // As with the Guard: readable names, no paths of this machine.
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
});
