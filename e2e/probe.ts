/** A throw-away extension for the tests of both drivers: it notes what happens to it and asks for permissions. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName } from './browser.ts';

/** What its options and its popup, the same page, ask for at a click unless `document.body.dataset.ask` says else. */
export const askedFor = '*://intranet.example/*';

const worker = `
  globalThis.api = globalThis.browser ?? chrome;
  globalThis.log = [];
  const note = text => { log.push(text); console.log(text); };
  note('worker up');
  api.permissions.onAdded.addListener(({ origins }) => note('added ' + origins));
  api.permissions.onRemoved.addListener(({ origins }) => note('removed ' + origins));
  api.tabs.onRemoved.addListener(id => note('tab gone ' + id));
  api.idle.onStateChanged.addListener(state => note('user ' + state));`;

const optionsScript = `
  document.querySelector('button').onclick = async () => {
    const api = globalThis.browser ?? chrome;
    document.title = 'asked';
    const { ask = ${JSON.stringify(askedFor)} } = document.body.dataset;
    const granted = await api.permissions.request({ origins: [ask] });
    document.title = granted ? 'granted' : 'denied';
  };`;

/** Writes it into a new folder and gives the folder. The caller removes it. */
export async function writeProbe(name: BrowserName): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'e2e-probe-'));
  const manifest = {
    manifest_version: 3,
    name: 'Probe',
    version: '1.0',
    permissions: ['storage', 'cookies', 'idle'],
    host_permissions: ['*://*.fogbugz.com/*', '*://*.manuscript.com/*'],
    optional_host_permissions: ['*://*/*'],
    background: name === 'firefox' ? { scripts: ['worker.js'] } : { service_worker: 'worker.js' },
    options_ui: { page: 'options.html', open_in_tab: true },
    action: { default_popup: 'options.html' },
    // As in the shipped manifest: Firefox's own policy would turn http into https
    content_security_policy: { extension_pages: "default-src 'self'; connect-src https: http:" },
    ...(name === 'firefox' ? { browser_specific_settings: { gecko: { id: 'probe@example.org' } } } : {}),
  };
  const files = {
    'manifest.json': JSON.stringify(manifest),
    'worker.js': worker,
    'options.html':
      '<!doctype html><title>Options</title><button style="margin: 40px">Ask</button><script src="options.js"></script>',
    'options.js': optionsScript,
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}
