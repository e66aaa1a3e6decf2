import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { licensed } from './scripts/licences.ts';
import { packageName } from './src/guard-messages.ts';

const { version, license, engines } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
);

/** What goes into the package as it is. npm shows the README; the licence is owed. */
const besides = {
  'docs/library.md': 'README.md',
  LICENSE: 'LICENSE',
  'examples/logoff.mjs': 'examples/logoff.mjs',
};

/** The Guard: one file for Node with everything in it, and the npm package around it. */
export default defineConfig({
  plugins: [packed(), licensed('guard.licences.md')],
  define: { __GUARD_VERSION__: JSON.stringify(version) },
  publicDir: false,
  ssr: { noExternal: true },
  resolve: { alias: { ky: fileURLToPath(new URL('src/guard/without-ky.ts', import.meta.url)) } },
  build: {
    ssr: 'src/guard/guard.ts',
    outDir: 'dist/guard',
    emptyOutDir: true,
    license: { fileName: 'guard.licences.md' },
    target: 'node20',
    rolldownOptions: {
      output: {
        entryFileNames: 'guard.mjs',
        banner: '#!/usr/bin/env node',
        // Names stay readable; comments go, for the bundler's own name paths of the machine it ran on.
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
});

function packed(): Plugin {
  return {
    name: 'guard-package',
    writeBundle({ dir: outDir = '' }) {
      chmodSync(join(outDir, 'guard.mjs'), 0o755);
      const about = {
        name: packageName,
        version,
        description: 'Logs FogBugz sessions off when the browser is gone: the companion of Logoff on Close.',
        license,
        type: 'module',
        bin: { 'logoff-guard': 'guard.mjs', 'logoff-on-close': 'guard.mjs' },
        exports: { '.': { types: './types/fogbugz/library.d.ts', default: './fogbugz.mjs' } },
        files: ['guard.mjs', 'fogbugz.mjs', '*.licences.md', 'types', 'examples'],
        engines,
      };
      for (const [from, to] of Object.entries(besides)) {
        mkdirSync(dirname(join(outDir, to)), { recursive: true });
        copyFileSync(new URL(from, import.meta.url), join(outDir, to));
      }
      writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
    },
  };
}
