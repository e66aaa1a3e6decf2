import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { writeProbe } from '../probe.ts';
import { launchers, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, known, noGrace, states } from './last-tab.ts';

/** Tries every way into the extension that a page or another extension has; tells what came of each. */
const attack = `
  const api = globalThis.browser ?? globalThis.chrome;
  const { id, origin } = argument;
  const soon = work => Promise.race([work, new Promise(resolve => setTimeout(resolve, 1500, 'silence'))]);
  const attempt = async work => {
    try { return (await soon(work())) ?? 'nothing'; } catch { return 'refused'; }
  };
  const say = message => attempt(() => api.runtime.sendMessage(id, message));
  const connect = () => attempt(() => new Promise((resolve, reject) => {
    const port = api.runtime.connect(id, { name: 'attack' });
    port.onMessage.addListener(resolve);
    port.onDisconnect.addListener(reject);
    port.postMessage({ do: 'log-off-everywhere' });
  }));
  const read = path => attempt(async () => (await fetch(origin + path)).text());
  globalThis.postMessage?.({ do: 'log-off-everywhere' }, '*');
  return [
    await say({ do: 'log-off-everywhere' }),
    await say({ do: 'clear-history' }),
    await say({ do: 'change-settings', change: { browserClose: false } }),
    await say({ ask: 'take-token', site: 'https://acme.fogbugz.com/', token: 'planted-token', kind: 'session', window: 'ordinary' }),
    await connect(),
    await read('/manifest.json'),
    await read('/src/options/options.html'),
    await read('/icons/on-128.png'),
  ];`;

/** Others that live in the same browser, and a server that means harm. */
export function attacks(play: Play, name: BrowserName): void {
  let beside = '';

  play(
    'takes nothing from a page or another extension, and shows them nothing',
    async stage => {
      const { tab, token } = await stage.logOn('acme');
      await known(stage);
      const before = await stage.browser.inWorker(
        'return (globalThis.browser ?? chrome).storage.local.get(null)',
      );
      const ours = await stage.browser.inWorker<object>(
        'return { id: (globalThis.browser ?? chrome).runtime.id, origin: location.origin }',
      );
      for (const tried of [
        await tab.evaluate<string[]>(attack, ours),
        await stage.browser.inOther<string[]>(attack, ours),
      ]) {
        expect(tried).toHaveLength(8);
        for (const one of tried) expect(['refused', 'silence']).toContain(one);
      }
      expect(
        await stage.browser.inWorker('return (globalThis.browser ?? chrome).storage.local.get(null)'),
      ).toEqual(before);
      // Not even late: this is answered after all that came before it.
      await idle(stage);
      expect(await states(stage)).toEqual(['open']);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      await rm(beside, { recursive: true });
    },
    {
      launch: async options => {
        beside = await writeProbe(name);
        return launchers[name]({ ...options, beside });
      },
    },
  );

  play('shows what a hostile server says as text, and nothing of it runs', async stage => {
    await noGrace(stage);
    const markup = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;
    const envelope = { errors: [], data: { person: { sFullName: `Ada ${markup}`, sEmail: '' } }, meta: {} };
    stage.sandbox.fault({ is: 'says', status: 200, body: JSON.stringify(envelope), command: 'viewPerson' });
    const refusal = { errors: [{ code: '7', message: `No ${markup}` }], data: {} };
    stage.sandbox.fault({ is: 'says', status: 400, body: JSON.stringify(refusal), command: 'logoff' });
    const { tab } = await stage.logOn('acme');
    await until('the name', async () => JSON.stringify(await stage.sessions()).includes('onerror'));
    await shows(stage, 'onerror');
    await tab.close();
    await until('the log-off to be refused', async () =>
      JSON.stringify(await stage.sessions()).includes('"refused"'),
    );
    await shows(stage, markup.slice(0, 20));
  });
}

/** The popup has the text in it, and no element that came from it. */
async function shows(stage: Stage, text: string): Promise<void> {
  const popup = await stage.popup();
  await popup.waitFor(`document.body.textContent.includes(${JSON.stringify(text)})`);
  expect(
    await popup.evaluate(
      `return [document.title === 'run', document.querySelectorAll('img[onerror], body script, iframe').length]`,
    ),
  ).toEqual([false, 0]);
  await popup.close();
}
