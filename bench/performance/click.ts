import { setStage } from '../../e2e/stage.ts';
import { until } from '../../e2e/until.ts';
import { ratioWithin, spread, table, valuesOf } from './compare.ts';
import { type Cell, type Part, type Rows, type Try, titleOf, type World } from './part.ts';

const browsers = ['chromium', 'firefox'] as const;
const states = ['worker awake', 'worker asleep'] as const;
const roundTrips = [0, 80];
const site = 'https://acme.fogbugz.com/';

const cells = browsers.flatMap(browser =>
  roundTrips.flatMap(roundTripMs =>
    states.map((what): Cell => ({ browser, subject: 'ours', what, roundTripMs })),
  ),
);

/** From a click on "Log off" in the popup to the log-off that the server has parsed, and to the proof that it worked. */
export const click: Part = {
  name: 'click',
  cells,
  tries: 5,
  measure,
  lines: linesOf,
};

/** What the popup itself could do at best: a bare request over a line that is up. Tells when it was begun. */
const bare = `
  const quiet = { credentials: 'omit', cache: 'no-store' };
  await (await fetch(argument.site + 'api.xml', quiet)).text();
  const from = Date.now();
  void fetch(argument.site + 'f/api/0/jsonapi', {
    ...quiet, method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ cmd: 'logoff', token: argument.token }),
  });
  return from;`;
const press = `
  const from = Date.now();
  document.querySelector('.card [data-does=log-off]').click();
  return from;`;

async function measure({ browser, what, roundTripMs }: Cell, world: World): Promise<Try> {
  const stage = await setStage(browser, { ...world, sandbox: { roundTripMs } });
  try {
    const { token } = await stage.logOn('acme');
    await stage.warm('acme');
    const popup = await stage.popup();
    await popup.waitFor(`document.querySelector('.card [data-does=log-off]') !== null`);
    const other = stage.sandbox.birth('acme.fogbugz.com', 'ada@example.com');
    const bareFrom = await popup.evaluate<number>(bare, { site, token: other });
    const bareDied = (await stage.dead(other)).diedAt ?? Number.NaN;
    if (what === 'worker asleep') await stage.browser.killWorker();
    const from = await popup.evaluate<number>(press);
    const { diedAt = Number.NaN } = await stage.dead(token);
    // A log-on with the token alone asks whether it is dead.
    const { answeredAt = Number.NaN } = await until('the proof', () =>
      stage.sandbox
        .requests()
        .find(one => one.command === 'logon' && one.token === token && one.answeredAt !== undefined),
    );
    return {
      version: stage.browser.version,
      at: from,
      values: { bareMs: bareDied - bareFrom, ms: diedAt - from, confirmedMs: answeredAt - from },
    };
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
        'browser',
        'worker',
        'round trip, ms',
        'click to wire ÷ a bare request of the popup',
        'bare, ms',
        'to wire, ms',
        'to proof, ms',
      ],
      cells.flatMap(cell => {
        const tries = rows(cell);
        if (tries.length === 0) return [];
        return [
          [
            titleOf(cell.browser),
            cell.what.replace('worker ', ''),
            String(cell.roundTripMs),
            ratioWithin(tries, 'ms', 'bareMs'),
            spread(valuesOf(tries, 'bareMs')),
            spread(valuesOf(tries, 'ms')),
            spread(valuesOf(tries, 'confirmedMs')),
          ],
        ];
      }),
    ),
  ];
}
