/**
 * A second extension that does what no debugging protocol can: it knows the extension API's tab ids, moves tabs
 * between windows and unloads them. With it, nothing has to be asked of the extension under test, whose sleep
 * would be disturbed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExtensionWorker } from './worker.ts';

export type Helper = {
  tabIds(): Promise<readonly number[]>;
  /** The tab that a target of the debugging protocol shows, if it shows one. */
  tabOf(targetId: string): Promise<number | undefined>;
  targetOf(tab: number): Promise<string | undefined>;
  url(tab: number): Promise<string>;
  /** Gives the id of its tab. The helper has to be allowed in incognito windows. */
  openPrivateWindow(url: string): Promise<number>;
  moveToNewWindow(tab: number): Promise<void>;
  /** Gives the id that the tab has from now on: Chromium replaces it (`tabs.onReplaced`). */
  discard(tab: number): Promise<number>;
  bringToFront(tab: number): Promise<void>;
  /** What was copied last, as text. */
  clipboard(): Promise<string>;
};

/** Writes the extension into a folder of its own there, and gives the folder. */
export async function writeHelper(parent: string): Promise<string> {
  const folder = join(parent, 'e2e-helper');
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Helper of the end-to-end tests',
    version: '1',
    background: { service_worker: 'worker.js' },
    permissions: ['tabs', 'debugger', 'offscreen', 'clipboardRead'],
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'worker.js'), '');
  await writeFile(join(folder, 'paste.html'), '<textarea></textarea><script src="paste.js"></script>');
  await writeFile(join(folder, 'paste.js'), paste);
  return folder;
}

/** A page may read what was copied, where a worker may not. */
const paste = `
  chrome.runtime.onMessage.addListener((_message, _sender, answer) => {
    const field = document.querySelector('textarea');
    field.focus();
    document.execCommand('paste');
    answer(field.value);
  });`;

export function helperIn(worker: ExtensionWorker): Helper {
  const targets = 'await chrome.debugger.getTargets()';
  return {
    tabIds: () => worker.run('(await chrome.tabs.query({})).map(tab => tab.id)'),
    tabOf: targetId => worker.run(`(${targets}).find(target => target.id === argument)?.tabId`, targetId),
    targetOf: tab => worker.run(`(${targets}).find(target => target.tabId === argument)?.id`, tab),
    url: tab => worker.run('(await chrome.tabs.get(argument)).url', tab),
    openPrivateWindow: url =>
      worker.run('(await chrome.windows.create({ url: argument, incognito: true })).tabs[0].id', url),
    moveToNewWindow: tab =>
      worker.run(
        `const { incognito } = await chrome.tabs.get(argument);
         await chrome.windows.create({ tabId: argument, incognito });`,
        tab,
      ),
    discard: tab => worker.run('(await chrome.tabs.discard(argument)).id', tab),
    bringToFront: tab =>
      worker.run(
        `const { windowId } = await chrome.tabs.update(argument, { active: true });
         await chrome.windows.update(windowId, { focused: true });`,
        tab,
      ),
    clipboard: () =>
      worker.run(
        `await chrome.offscreen.createDocument({ url: 'paste.html', reasons: ['CLIPBOARD'], justification: 'tests' });
         const text = await chrome.runtime.sendMessage('paste');
         await chrome.offscreen.closeDocument();
         return text;`,
      ),
  };
}
