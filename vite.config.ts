import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import { manifestFor } from './scripts/manifest.ts';

export default defineConfig(({ mode }) => {
  const browser = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    plugins: [crx({ manifest: manifestFor(browser), browser })],
    define: { __FIREFOX__: JSON.stringify(browser === 'firefox') },
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      modulePreload: false,
      // The one page that the manifest does not name.
      rollupOptions: { input: { welcome: 'src/welcome/welcome.html' } },
      target: browser === 'firefox' ? 'firefox142' : 'chrome128',
    },
  };
});
