import { expect } from 'vitest';
import type { Tab } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** Another customer's host sets cookies for the whole domain, which browsers let it do. */
export function siblings(play: Play): void {
  play('keeps a session though a sibling host plants a token for the whole domain', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const planted = stage.sandbox.birth('acme.fogbugz.com', 'grace@example.com');
    const evil = await plant(stage, planted);
    await idle(stage);
    // Pages of two customers are sent it: nobody knows whose it is, and nobody is sent it by us.
    expect(await states(stage)).toEqual(['open']);
    expect(toldTo(stage, planted)).toEqual([]);
    await evil.close();
    // Now it is a cookie of acme's page alone, which the browser sends there itself: one more session there.
    await until(
      'the session that was planted',
      async () => (await states(stage)).filter(is => is === 'open').length === 2,
    );
    expect(await states(stage)).toEqual(['open', 'open']);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await tab.close();
    for (const one of [token, planted]) {
      expect(await stage.dead(one)).toMatchObject({ logOffsAsked: 1 });
      expect(toldTo(stage, one)).toEqual(['acme.fogbugz.com']);
    }
    await stage.settled();
  });

  play('logs a token off at its own site whose cookie a sibling host writes over', async stage => {
    await noGrace(stage);
    stage.sandbox.switch('fbTokenDomain', 'domain-wide');
    // Scripts can't write over the others.
    stage.sandbox.switch('fbTokenHttpOnly', 'no');
    const { token } = await stage.logOn('acme');
    const planted = stage.sandbox.birth('acme.fogbugz.com', 'grace@example.com');
    await plant(stage, planted);
    // The page has lost it, so it is ended: there, and nowhere else.
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect(toldTo(stage, token)).toEqual(['acme.fogbugz.com']);
    expect(stage.life(planted)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    expect(toldTo(stage, planted)).toEqual([]);
  });
}

/** A page of evil.fogbugz.com writes `fbToken` for all of fogbugz.com. */
async function plant(stage: Stage, token: string): Promise<Tab> {
  const evil = await stage.browser.openTab(pageOf('evil', 'login'));
  await evil.evaluate(
    `document.cookie = 'fbToken=' + argument + '; Domain=.fogbugz.com; Path=/; Secure'`,
    token,
  );
  return evil;
}

/** The hosts to which the extension has sent a token; what pages send is the browser's own. */
function toldTo({ sandbox }: Stage, token: string): readonly string[] {
  const told = sandbox.requests().filter(one => one.api !== 'web' && one.token === token);
  return [...new Set(told.map(({ host }) => host))];
}
