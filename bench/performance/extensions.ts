import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserName } from '../../e2e/browser.ts';

/** The extensions that ours is held against, and the one that moves tabs: what each does stands in its file. */
export type Rival = 'floor' | 'plain' | 'held' | 'mover';

export const idInFirefox = (rival: Rival): string => `${rival}@bench.example`;

/** Writes an extension for a browser into a new folder, gives it to `use`, and removes it. */
export async function withRival<T>(
  rival: Rival,
  browser: BrowserName,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `bench-${rival}-`));
  const manifest = {
    manifest_version: 3,
    name: `Bench: ${rival}`,
    version: '1.0',
    permissions: ['storage', 'cookies', ...(rival === 'held' ? ['nativeMessaging'] : [])],
    host_permissions: ['*://*.fogbugz.com/*'],
    background: browser === 'firefox' ? { scripts: ['worker.js'] } : { service_worker: 'worker.js' },
    options_ui: { page: 'page.html', open_in_tab: true },
    ...(browser === 'firefox' ? { browser_specific_settings: { gecko: { id: idInFirefox(rival) } } } : {}),
  };
  try {
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await copyFile(sourceOf(`${rival}.js`), join(folder, 'worker.js'));
    await writeFile(join(folder, 'page.html'), '<!doctype html><title>Bench</title><p>Bench</p>');
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const sourceOf = (file: string): string =>
  fileURLToPath(new URL(`extensions/${file}`, import.meta.url));
