import { expect } from 'vitest';
import { accessibilityTroubles } from '../accessibility.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';
import { badge, idle, noGrace, states } from './last-tab.ts';

const does = (command: string): string => `[data-does="${command}"]`;

/** What the user asks for, by mouse and by key. */
export function clicks(play: Play): void {
  play('shows the session in the popup, and logs it off there', async stage => {
    const bystander = stage.sandbox.birth('acme.fogbugz.com', 'grace@example.com');
    const { token } = await stage.logOn('acme');
    const popup = await stage.popup();
    await popup.waitFor('document.body.innerText.includes("Ada Lovelace")');
    const text = await popup.text();
    expect(text).toContain('acme.fogbugz.com');
    expect(text).toContain('10 sec');
    expect(await popup.evaluate<string>('document.documentElement.outerHTML')).not.toContain(token);
    await popup.click(does('log-off'));
    expect(await stage.dead(token)).toMatchObject({ diedBy: 'json', logOffsAsked: 1 });
    await popup.waitFor(
      'document.body.innerText.includes("No session is open") || document.querySelector(".card") === null',
    );
    await popup.close();
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ trigger: 'click', confirmed: true });
    expect(stage.life(bystander)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play('logs off everywhere', async stage => {
    const acme = await stage.logOn('acme');
    const beta = await stage.logOn('beta', { email: 'grace@example.com' });
    const popup = await stage.popup();
    await popup.click(does('log-off-everywhere'));
    expect(await stage.dead(acme.token)).toMatchObject({ logOffsAsked: 1 });
    expect(await stage.dead(beta.token)).toMatchObject({ logOffsAsked: 1 });
    await popup.close();
  });

  play('counts down in the popup, and "Keep me logged on" ends the countdown', async stage => {
    // Long enough for a popup that is slow to open.
    await stage.changeSettings({ graceSeconds: 60 });
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await until('the countdown', async () => (await states(stage))[0] === 'counting-down');
    const popup = await stage.popup();
    await popup.waitFor('/Logging off in/.test(document.body.innerText)');
    await popup.click(does('keep-on'));
    await until('the session to be open again', async () => (await states(stage))[0] === 'open');
    await popup.close();
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play('stays logged on this time, and logs off the next time', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const popup = await stage.popup();
    await popup.click(does('stay-once'));
    await popup.waitFor(
      'document.querySelector("[data-does=stay-once]")?.getAttribute("aria-pressed") === "true"',
    );
    await popup.close();
    await tab.close();
    await idle(stage);
    expect(await states(stage)).toEqual(['open']);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    const again = await stage.browser.openTab('https://acme.fogbugz.com/f/cases');
    await idle(stage);
    await again.close();
    await stage.dead(token);
  });

  play('says what is owed and why, and tries again when asked to', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const mend = stage.sandbox.fault({ is: 'status', status: 503, retryAfter: '600', command: 'logoff' });
    await tab.close();
    await until('the first attempt to fail', () => stage.life(token).logOffsAsked === 1);
    const popup = await stage.popup();
    await popup.waitFor('/owed since/i.test(document.body.innerText)');
    mend();
    await popup.click(does('try-now'));
    await stage.dead(token);
    await popup.close();
  });

  play("shows the server's message when it refuses", async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    // For as long as it takes to see it: the next attempt is a matter of seconds.
    const mend = stage.sandbox.fault({ is: 'maintenance', as: 'error-28', command: 'logoff' });
    await tab.close();
    await until('the first attempt', () => stage.life(token).logOffsAsked > 0);
    const popup = await stage.popup();
    await popup.waitFor('/maintenance/i.test(document.body.innerText)');
    mend();
    await stage.dead(token);
    await popup.close();
  });

  play('logs off at a click on the toolbar button, if so set', async stage => {
    const { token } = await stage.logOn('acme');
    await stage.changeSettings({ toolbarClick: 'log-off' });
    await stage.browser.clickToolbarButton();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ trigger: 'click' });
  });

  play('logs off at the press of the keys', async stage => {
    const { tab, token } = await stage.logOn('acme');
    await tab.bringToFront();
    await stage.browser.press('alt+shift+l');
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ trigger: 'shortcut' });
  });

  play('shows its state on the toolbar button', async stage => {
    await until('the tooltip of no session', async () =>
      (await tooltip(stage)).includes('no FogBugz session'),
    );
    await stage.logOn('acme');
    await until('the tooltip of one session', async () =>
      (await tooltip(stage)).includes('acme.fogbugz.com'),
    );
    expect(await badge(stage)).toBe('');
    await stage.logOn('beta');
    await until('the number of sessions on the badge', async () => (await badge(stage)) === '2');
  });

  play('has pages that axe finds nothing wrong with', async stage => {
    await stage.logOn('acme');
    const popup = await stage.popup();
    await popup.waitFor('document.querySelector(".card") !== null');
    expect(await accessibilityTroubles(popup)).toEqual([]);
    await popup.close();
    const options = await stage.browser.openOptions();
    await options.waitFor('document.querySelector("h1") !== null');
    expect(await accessibilityTroubles(options)).toEqual([]);
  });

  play('lists what happened in the options, and keeps what is set there', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await stage.dead(token);
    await stage.settled();
    const options = await stage.browser.openOptions();
    await options.waitFor('document.body.innerText.includes("acme.fogbugz.com")');
    expect(await options.evaluate<string>('document.documentElement.outerHTML')).not.toContain(token);
    await options.waitFor('document.querySelector("[type=number]").value === "0"');
  });
}

async function tooltip({ browser }: Stage): Promise<string> {
  return browser.inWorker<string>('return (globalThis.browser ?? chrome).action.getTitle({})');
}
