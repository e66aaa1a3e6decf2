import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import { mountSmallDisk, type SmallDisk } from '../full-disk.ts';
import type { Play } from '../playbill.ts';
import { launchers, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { noGrace } from './last-tab.ts';

/** What is stored is broken or of another version, or the disk is full: in real profiles. */
export function faults(play: Play, name: BrowserName): void {
  play('sets aside what it can’t read, says so, and forgets nothing that is owed', async stage => {
    const { token } = await stage.logOn('acme');
    const older = stage.sandbox.birth('acme.fogbugz.com', 'grace@example.com');
    await tamper(
      stage,
      `const [[key, value]] = Object.entries(all).filter(([key]) => key.startsWith('session:'));
       return {
         'session:newer': { ...value, id: 'newer', version: 2, token: 'of-a-newer-version' },
         'session:broken': 'garbage',
         aside: [{ key: 'session:older', value: { ...value, id: 'older', token: ${JSON.stringify(older)} }, at: 1 }],
         settings: { browserClose: 'yes', graceSeconds: -1 },
         history: [7], drill: 'garbage', sites: 'x', dead: [], tabIds: {}, policy: 3,
       };`,
    );
    stage.browser.signal('SIGKILL');
    await stage.restart();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    // Set aside by another version, and readable after all: a session again.
    expect(await stage.dead(older)).toMatchObject({ logOffsAsked: 1 });
    const popup = await stage.popup();
    await popup.waitFor('document.querySelector(".notice") !== null');
    await popup.close();
    const options = await stage.browser.openOptions();
    await options.waitFor('/\\b2\\b/.test(document.body.innerText)');
    const told = ['Some settings could not be read', 'Some past log-offs could not be read'];
    for (const title of told) await options.waitFor(`document.body.innerText.includes('${title}')`);
    const { aside } = await stage.browser.inWorker<{ aside: { key: string; value: unknown }[] }>(
      `return (globalThis.browser ?? chrome).storage.local.get('aside')`,
    );
    expect(aside.map(({ key }) => key).sort()).toEqual([
      'drill',
      'history',
      'session:broken',
      'session:newer',
      'settings',
    ]);
    expect(aside.find(({ key }) => key === 'settings')?.value).toBe(
      '{"browserClose":"yes","graceSeconds":-1}',
    );
    // Seen, and dealt with.
    await stage.changeSettings({ graceSeconds: 5 });
    await options.click('[data-does=ask-clear-history]');
    await options.click('[data-does=clear-history]');
    for (const title of told) await options.waitFor(`!document.body.innerText.includes('${title}')`);
    await stage.settled();
  });

  let disk: SmallDisk | undefined;
  play(
    'logs off on a disk that is really full, and owes nothing once it is not',
    async stage => {
      try {
        await noGrace(stage);
        const { tab, token } = await stage.logOn('acme');
        await until('the session', async () => (await stage.sessions()).length === 1);
        await disk?.fill();
        await tab.close();
        expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
        stage.browser.signal('SIGKILL');
        await stage.browser.ended();
        await disk?.empty();
        await stage.restart();
        await until('the session to be gone', async () => (await stage.sessions()).length === 0);
        await stage.settled();
        stage.browser.signal('SIGKILL');
        await stage.browser.ended();
        await stage.lookForSecrets();
      } finally {
        await disk?.remove();
      }
    },
    {
      launch: async options => {
        disk ??= await mountSmallDisk(256);
        return launchers[name]({ ...options, profile: options.profile ?? disk.folder });
      },
    },
  );
}

/** Changes what is stored as a fault of the disk or another version would: behind the extension's back. */
async function tamper({ browser }: Stage, change: string): Promise<void> {
  await browser.inWorker(
    `const { local } = (globalThis.browser ?? chrome).storage;
     const all = await local.get(null);
     await local.set((() => { ${change} })());`,
  );
}
