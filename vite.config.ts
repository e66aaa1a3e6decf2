import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import { manifestFor, readServers } from './scripts/manifest.ts';

/** `--mode chrome` and `--mode firefox`, and the same with `-admin` for an administrator's build. */
export default defineConfig(({ mode }) => {
  const browser = mode.startsWith('firefox') ? 'firefox' : 'chrome';
  const given = mode.endsWith('-admin') ? { servers: readServers(process.env.OWN_SERVERS) } : undefined;
  return {
    plugins: [crx({ manifest: manifestFor(browser, given), browser })],
    define: {
      __FIREFOX__: JSON.stringify(browser === 'firefox'),
      __GIVEN_SERVERS__: JSON.stringify(given?.servers ?? []),
    },
    build: {
      outDir: `dist/${given ? `${browser}-admin` : browser}`,
      emptyOutDir: true,
      modulePreload: false,
      // The one page that the manifest does not name.
      rollupOptions: { input: { welcome: 'src/welcome/welcome.html' } },
      target: browser === 'firefox' ? 'firefox142' : 'chrome128',
    },
  };
});
