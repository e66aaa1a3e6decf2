import { readFileSync } from 'node:fs';

/**
 * The one manifest, adapted to a browser: Firefox wants `background.scripts`, Chromium knows nothing of
 * `browser_specific_settings`, and alone wants a schema for what administrators set; the rest is shared.
 */
export function manifestFor(browser: 'chrome' | 'firefox') {
  const { browser_specific_settings, minimum_chrome_version, background, storage, ...shared } = JSON.parse(
    readFileSync(new URL('../manifest.json', import.meta.url), 'utf8'),
  );
  return browser === 'firefox'
    ? {
        ...shared,
        browser_specific_settings,
        background: { scripts: [background.service_worker], type: 'module' },
      }
    : { ...shared, minimum_chrome_version, background, storage };
}
