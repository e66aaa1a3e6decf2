/** A throw-away extension that notes what happens to it, to try the driver on. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const files = {
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'Driver test',
    version: '1.0',
    browser_specific_settings: { gecko: { id: 'driver-test@example.org' } },
    permissions: ['storage', 'alarms', 'cookies'],
    optional_permissions: ['notifications'],
    host_permissions: ['https://*.fogbugz.com/*'],
    background: { scripts: ['worker.js'] },
    action: { default_popup: 'popup.html', default_title: 'Driver test' },
    options_ui: { page: 'options.html', open_in_tab: true },
    commands: { go: { suggested_key: { default: 'Alt+Shift+L' }, description: 'Go' } },
  }),
  'worker.js': `
    globalThis.log = [];
    globalThis.note = text => { log.push(text); console.log(text); };
    console.log('worker starts');
    function fail() { throw new Error('on purpose'); }
    browser.tabs.onCreated.addListener(tab => note('created ' + tab.id));
    browser.tabs.onRemoved.addListener(id => note('removed ' + id));
    browser.runtime.onMessage.addListener(message => note('message ' + message));
    browser.runtime.onInstalled.addListener(({ reason }) => note('installed ' + reason));
    browser.runtime.onStartup.addListener(() => note('startup'));
    browser.action.onClicked.addListener(() => note('clicked'));
    browser.permissions.onAdded.addListener(() => note('granted'));
    browser.commands.onCommand.addListener(name => note('command ' + name));`,
  'popup.html': `<!doctype html><meta charset="utf-8"><body style="width: 200px">Popup
    <input><button>Send</button><button id="close">Close</button><button id="ask">Ask</button><script src="popup.js"></script>`,
  'popup.js': `
    const [send, close, ask] = document.querySelectorAll('button');
    send.onclick = () => browser.runtime.sendMessage(document.querySelector('input').value);
    close.onclick = () => window.close();
    ask.onclick = () => {
      browser.permissions.request({ permissions: ['notifications'] });
      document.title = 'asked';
    };`,
  'options.html': '<!doctype html><meta charset="utf-8"><title>Options</title><p>Options',
};

/** Writes it into a new folder and gives the folder. The caller removes it. */
export async function writeTestExtension(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'driver-test-extension-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}
