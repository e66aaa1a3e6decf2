import { setStage } from '../../e2e/stage.ts';
import { until } from '../../e2e/until.ts';
import { ratioWithin, spread, table, valuesOf } from './compare.ts';
import type { Cell, Part, Rows, Try, World } from './part.ts';

const counts = [1, 10, 100, 300];
const cells = counts.map(
  (count): Cell => ({ browser: 'chromium', subject: 'ours', what: `${count} sessions`, roundTripMs: 0 }),
);

/**
 * From "Log off everywhere" to the last log-off that the server has parsed, beside as many bare requests that a page
 * makes at once, and to the last record gone after its proof; and before that, from as many cookies at once to the last
 * session whose person is known. More sessions at as many sites no browser holds: it keeps 180 cookies for each of the
 * two domains.
 */
export const growth: Part = {
  name: 'growth',
  cells,
  tries: 3,
  measure,
  lines: linesOf,
};

const domains = ['fogbugz.com', 'manuscript.com'];
const bare = `
  const from = Date.now();
  for (const { host, token } of argument)
    void fetch('https://' + host + '/f/api/0/jsonapi', {
      method: 'POST', credentials: 'omit', cache: 'no-store', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ cmd: 'logoff', token }),
    });
  return from;`;
const known = `
  const stored = Object.entries(await chrome.storage.local.get(null));
  return stored.filter(([key, { person }]) => key.startsWith('session:') && person).length;`;
const everywhere = `
  const from = Date.now();
  void chrome.runtime.sendMessage({ do: 'log-off-everywhere' });
  return from;`;

async function measure({ what }: Cell, world: World): Promise<Try> {
  const stage = await setStage('chromium', world);
  try {
    const { browser, sandbox } = stage;
    const hosts = Array.from(
      { length: Number.parseInt(what, 10) },
      (_, index) => `team-${index}.${domains[index % 2]}`,
    );
    const births = () => hosts.map(host => ({ host, token: sandbox.birth(host, 'ada@example.com') }));
    const dead = async (born: ReturnType<typeof births>): Promise<number> => {
      const lives = () => born.map(({ token }) => stage.life(token).diedAt);
      await until('every log-off', () => lives().every(at => at !== undefined), { ms: 60_000 });
      return Math.max(...lives().map(at => at ?? Number.NaN));
    };
    const sessions = births();
    const takenFrom = Date.now();
    await browser.inWorker(
      `for (const { host, token } of argument)
         await chrome.cookies.set({ url: 'https://' + host + '/', name: 'fbToken', value: token, httpOnly: true, secure: true });`,
      sessions,
    );
    // The last that is learnt of each is whose it is; after that nothing is under way.
    await until('every session', async () => (await browser.inWorker<number>(known)) === hosts.length, {
      ms: 60_000,
    });
    const takenMs = Date.now() - takenFrom;
    const page = await browser.openOptions();
    const others = births();
    const bareFrom = await page.evaluate<number>(bare, others);
    const bareMs = (await dead(others)) - bareFrom;
    const bytes = await browser.inWorker<number>('return chrome.storage.local.getBytesInUse(null)');
    const from = await page.evaluate<number>(everywhere);
    const ms = (await dead(sessions)) - from;
    await until('every proof', async () => (await browser.inWorker<number>(known)) === 0, { ms: 60_000 });
    const endedMs = Date.now() - from;
    return { version: browser.version, at: from, values: { takenMs, bareMs, ms, endedMs, bytes } };
  } finally {
    await stage.browser.dispose();
    await stage.sandbox.stop();
  }
}

function linesOf(rows: Rows): readonly string[] {
  return [
    '',
    ...table(
      [
        'sessions',
        'ours ÷ as many bare requests',
        'bare, ms',
        'ours, ms',
        'ours, ms per session',
        'until all are proven and gone, ms per session',
        'taken in, ms per session',
        'stored, bytes per session',
      ],
      cells.flatMap((cell, index) => {
        const tries = rows(cell);
        const count = counts[index] ?? 1;
        const each = (name: string, digits: number) =>
          spread(
            valuesOf(tries, name).map(value => value / count),
            value => value.toFixed(digits),
          );
        if (tries.length === 0) return [];
        return [
          [
            String(count),
            ratioWithin(tries, 'ms', 'bareMs'),
            spread(valuesOf(tries, 'bareMs')),
            spread(valuesOf(tries, 'ms')),
            each('ms', 1),
            each('endedMs', 1),
            each('takenMs', 0),
            each('bytes', 0),
          ],
        ];
      }),
    ),
  ];
}
