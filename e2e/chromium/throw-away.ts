/** What the smoke test of the driver drives: an extension and a site that exist only for its time. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const worker = `
  const note = (...words) => console.log(words.join(' '));
  note('worker up');
  chrome.runtime.onStartup.addListener(() => note('onStartup'));
  chrome.runtime.onInstalled.addListener(({ reason }) => note('onInstalled', reason, chrome.runtime.getManifest().version));
  chrome.runtime.onUpdateAvailable.addListener(({ version }) => note('onUpdateAvailable', version));
  chrome.tabs.onRemoved.addListener((tab, { isWindowClosing }) => {
    note('tab gone', tab, isWindowClosing);
    fetch('https://acme.fogbugz.com/gone?' + tab, { credentials: 'omit' });
  });
  chrome.tabs.onDetached.addListener(tab => note('tab detached', tab));
  chrome.tabs.onAttached.addListener(tab => note('tab attached', tab));
  chrome.tabs.onReplaced.addListener((added, removed) => note('tab replaced', removed, added));
  chrome.windows.onRemoved.addListener(window => note('window gone', window));
  chrome.action.onClicked.addListener(() => note('button clicked'));
  chrome.commands.onCommand.addListener(command => note('command', command));
  chrome.runtime.onMessage.addListener(message => note('message', message));
`;

const popup = `<!doctype html><meta charset="utf-8"><title>Popup</title>
  <button id="hello">Hello</button> <button id="close">Close</button> <input id="name"> <output></output>
  <script src="popup.js"></script>`;

const popupScript = `
  document.querySelector('#hello').onclick = () => {
    document.querySelector('output').textContent = 'hello ' + document.querySelector('#name').value;
    chrome.runtime.sendMessage('hello from the popup');
  };
  document.querySelector('#close').onclick = () => window.close();
`;

export type Variant = { readonly popup: 'popup' | 'no-popup'; readonly version?: string };

/** Writes the extension into a new folder and gives the folder. */
export async function writeExtension({ popup: kind, version = '1.0.0' }: Variant): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'e2e-extension-'));
  const manifest = {
    manifest_version: 3,
    name: 'Throw-away',
    version,
    background: { service_worker: 'worker.js' },
    action: kind === 'popup' ? { default_popup: 'popup.html' } : {},
    options_ui: { page: 'options.html', open_in_tab: true },
    commands: { 'log-off': { suggested_key: { default: 'Alt+Shift+L' }, description: 'Log off' } },
    permissions: ['storage', 'alarms'],
    host_permissions: ['https://*.fogbugz.com/*'],
  };
  const files = {
    'manifest.json': JSON.stringify(manifest),
    'worker.js': worker,
    'popup.html': popup,
    'popup.js': popupScript,
    'options.html': '<!doctype html><title>Options</title><p>The options</p>',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

export type Site = {
  readonly port: number;
  readonly authority: string;
  /** Paths asked for so far. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
};

/** An https site on loopback whose every page shows its own path. */
export async function startSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'e2e-site-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=*.fogbugz.com',
  ];
  await promisify(execFile)('openssl', [...request, '-keyout', key, '-out', certificate]);
  const authority = await readFile(certificate, 'utf8');
  const asked: string[] = [];
  const server = createServer({ key: await readFile(key), cert: authority }, ({ url = '' }, reply) => {
    asked.push(url);
    reply.setHeader('content-type', 'text/html');
    reply.end(`<!doctype html><title>Page ${url}</title><p>This is ${url}</p><button>Press</button>
      <script>document.querySelector('button').onclick = () => { document.title = 'pressed' }</script>`);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  await rm(folder, { recursive: true });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The site has no port');
  return {
    port: address.port,
    authority,
    asked,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
