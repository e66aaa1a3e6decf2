import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';
import { noGrace } from './last-tab.ts';

const many = 500;
const patience = { ms: 90_000, every: 100 };

/** As many sessions as nobody has: none of them may be lost among the others. */
export function hundreds(play: Play): void {
  play('logs five hundred sessions off everywhere, and loses none', async stage => {
    const tokens = await openHundreds(stage);
    await sayInPage(stage, { do: 'log-off-everywhere' });
    await ended(stage, tokens);
  });

  play('logs five hundred sessions off at the next start, though it was killed', async stage => {
    const tokens = await openHundreds(stage);
    stage.browser.signal('SIGKILL');
    await stage.restart();
    await ended(stage, tokens);
  });

  play(
    'logs off once, though a hundred commands and the last tab ask for it at the same time',
    async stage => {
      await noGrace(stage);
      const { tab, token } = await stage.logOn('acme');
      const [session] = await until('the session', async () => {
        const all = await stage.sessions();
        return all.length === 1 && all;
      });
      const options = await stage.browser.openOptions();
      const asked = options.evaluate<number>(
        `const { runtime } = globalThis.browser ?? chrome;
       const kinds = [
         { do: 'log-off', id: argument },
         { do: 'log-off-everywhere' },
         { do: 'try-now', id: argument },
         { do: 'stay-once', id: argument, on: false },
       ];
       const sent = Array.from({ length: 100 }, (_, index) => runtime.sendMessage(kinds[index % kinds.length]));
       return (await Promise.allSettled(sent)).length;`,
        session?.id,
      );
      await tab.close();
      expect(await asked).toBe(100);
      await stage.dead(token);
      await stage.settled();
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 1 });
      expect(await stage.history()).toHaveLength(1);
    },
  );
}

/** Sessions at fifty sites, ten at each: one is pasted, and the others stored as that one is. Gives their tokens. */
async function openHundreds(stage: Stage): Promise<readonly string[]> {
  const all = Array.from({ length: many }, (_, index) => {
    const host = `team-${index % 50}.fogbugz.com`;
    return { site: `https://${host}/`, token: stage.sandbox.birth(host, 'ada@example.com') };
  });
  await sayInPage(stage, { ask: 'take-token', ...all[0], kind: 'session', window: 'ordinary' });
  await stage.browser.inWorker(
    `const { local } = (globalThis.browser ?? chrome).storage;
     const [one] = Object.values(await local.get(null)).filter(value => value?.token === argument[0].token);
     const others = argument.slice(1).map((session, index) => ({ ...one, ...session, id: one.id + '-' + index }));
     await local.set(Object.fromEntries(others.map(session => ['session:' + session.id, session])));`,
    all,
  );
  // The next worker finds them as its own.
  await stage.browser.killWorker();
  expect(await stage.sessions()).toHaveLength(many);
  return all.map(({ token }) => token);
}

/** From a page of the extension that shows no sessions: drawing them is not what is tried here. */
async function sayInPage({ browser }: Stage, message: object): Promise<void> {
  const url = await browser.inWorker<string>(
    `return (globalThis.browser ?? chrome).runtime.getURL('src/welcome/welcome.html')`,
  );
  const page = await browser.openTab(url);
  await page.evaluate('await (globalThis.browser ?? chrome).runtime.sendMessage(argument)', message);
  await page.close();
}

async function ended(stage: Stage, tokens: readonly string[]): Promise<void> {
  const living = () => tokens.filter(token => stage.life(token).diedAt === undefined);
  await until('all to be dead', () => living().length === 0, patience).catch(error => {
    throw new Error(`${living().length} of ${tokens.length} are alive`, { cause: error });
  });
  const isEnding = ({ state }: { readonly state: { readonly is: string } }) =>
    state.is === 'open' || state.is === 'owed';
  await until('no answer to be missing', async () => !(await stage.sessions()).some(isEnding), patience);
  // A reply that is late is waited for, and then it is asked again: never two at once.
  for (const token of tokens) {
    const asked = stage.sandbox.requests().filter(one => one.command === 'logoff' && one.token === token);
    for (const [index, next] of asked.slice(1).entries()) {
      const { at = 0, answeredAt = at + 9_000 } = asked[index] ?? {};
      expect(answeredAt).toBeLessThanOrEqual(next.at);
    }
  }
}
