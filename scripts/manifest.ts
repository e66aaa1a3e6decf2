import { readFileSync } from 'node:fs';

/**
 * The one manifest, adapted to a browser: Firefox wants `background.scripts`, Chromium knows nothing of
 * `browser_specific_settings`; the rest is shared. `key` fixes the id of the unpacked Chromium build, by which the Guard
 * knows it; it means nothing to Firefox, and a store refuses it.
 */
export function manifestFor(browser: 'chrome' | 'firefox') {
  const { browser_specific_settings, minimum_chrome_version, background, key, ...shared } = JSON.parse(
    readFileSync(new URL('../manifest.json', import.meta.url), 'utf8'),
  );
  return browser === 'firefox'
    ? {
        ...shared,
        browser_specific_settings,
        background: { scripts: [background.service_worker], type: 'module' },
      }
    : { ...shared, key, minimum_chrome_version, background };
}
