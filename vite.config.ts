import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import { scriptsFirst } from './scripts/blocking.ts';
import { licensed } from './scripts/licences.ts';
import { manifestFor, readServers } from './scripts/manifest.ts';
import { leanPolyfill } from './scripts/polyfill.ts';
import { packedTexts } from './scripts/texts.ts';

/** `--mode chrome` and `--mode firefox`, and the same with `-admin` for an administrator's build. */
export default defineConfig(({ mode }) => {
  const browser = mode.startsWith('firefox') ? 'firefox' : 'chrome';
  const given = mode.endsWith('-admin') ? { servers: readServers(process.env.OWN_SERVERS) } : undefined;
  const manifest = manifestFor(browser, given);
  return {
    plugins: [
      crx({ manifest, browser }),
      packedTexts(),
      leanPolyfill(browser),
      scriptsFirst(),
      licensed('licences.md'),
    ],
    define: {
      __FIREFOX__: JSON.stringify(browser === 'firefox'),
      __GIVEN_SERVERS__: JSON.stringify(given?.servers ?? []),
    },
    build: {
      outDir: `dist/${given ? `${browser}-admin` : browser}`,
      emptyOutDir: true,
      license: { fileName: 'licences.md' },
      modulePreload: { polyfill: false },
      // The one page that the manifest does not name.
      rollupOptions: { input: { welcome: 'src/welcome/welcome.html' } },
      // The oldest browser that the manifest lets in.
      target:
        browser === 'firefox'
          ? `firefox${manifest.browser_specific_settings.gecko.strict_min_version}`
          : `chrome${manifest.minimum_chrome_version}`,
    },
  };
});
