import { expect } from 'vitest';
import type { Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** Sessions that begin in the popup: by password, or by a token that somebody has at hand. */
export function loggingOn(play: Play): void {
  play('logs on in the popup, and logs that session off as the browser closes', async stage => {
    const popup = await openForm(stage, 'log-on');
    await popup.type('[name=address]', 'acme.fogbugz.com');
    await popup.type('[name=email]', 'ada@example.com');
    await popup.type('[name=password]', stage.password);
    await popup.click(does('log-on'));
    await popup.waitFor('document.querySelector(".card")?.innerText.includes("Ada Lovelace")');
    await popup.close();
    const [{ token } = { token: '' }] = stage.sandbox.tokens();
    expect(stage.life(token)).toMatchObject({ via: 'json', diedAt: undefined });
    // No tab and no cookie: the page of the site is not logged on, and closing it means nothing.
    const tab = await stage.browser.openTab(pageOf('acme', 'f/cases'));
    expect(await tab.url()).toContain('/login');
    await tab.close();
    await idle(stage);
    expect(await states(stage)).toEqual(['open']);
    stage.browser.signal('SIGKILL');
    await stage.restart();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    expect(await passwordsStored(stage)).toBe(false);
  });

  play("logs the browser's pages on as well, if asked to, and ends it with their last tab", async stage => {
    await noGrace(stage);
    const popup = await openForm(stage, 'log-on');
    await popup.type('[name=address]', 'acme.fogbugz.com');
    await popup.type('[name=email]', 'ada@example.com');
    await popup.type('[name=password]', stage.password);
    await popup.click('[name=page]');
    await popup.click(does('log-on'));
    await popup.waitFor('document.querySelector(".card")?.innerText.includes("Ada Lovelace")');
    await popup.close();
    // The session is kept, and shown, before the page's cookie is written.
    await until('the cookie of the page', () =>
      stage.browser.inWorker<boolean>(
        `return (await (globalThis.browser ?? chrome).cookies.getAll({ name: 'fbToken' })).length === 1`,
      ),
    );
    const tab = await stage.browser.openTab(pageOf('acme', 'f/cases'));
    expect(await tab.text()).toContain('Ada Lovelace');
    const tokens = stage.sandbox.tokens();
    expect(tokens).toHaveLength(1);
    await tab.close();
    expect(await stage.dead(tokens[0]?.token ?? '')).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ trigger: 'last-tab', confirmed: true });
  });

  play('lets several people with one e-mail address choose who they are', async stage => {
    const popup = await openForm(stage, 'log-on');
    await popup.type('[name=address]', 'acme.fogbugz.com');
    await popup.type('[name=email]', 'shared@example.com');
    await popup.type('[name=password]', stage.password);
    await popup.click(does('log-on'));
    await popup.waitFor('document.querySelectorAll("[name=person]").length === 2');
    await popup.click('[name=person][value="Fred Astaire"]');
    await popup.click(does('log-on'));
    await popup.waitFor('document.querySelector(".card")?.innerText.includes("Fred Astaire")');
    await popup.close();
  });

  play(
    'explains a wrong password, two-factor and single sign-on, and opens the page for them',
    async stage => {
      const popup = await openForm(stage, 'log-on');
      await popup.type('[name=address]', 'acme.fogbugz.com');
      await popup.type('[name=email]', 'ada@example.com');
      await popup.type('[name=password]', 'wrong');
      await popup.click(does('log-on'));
      await popup.waitFor(
        `document.querySelector('form:has(${does('log-on')}) .said[data-tone=bad]') !== null`,
      );
      await popup.waitFor(`document.querySelector('form ${does('open-site')}') !== null`);
      expect(await popup.evaluate<string>('document.querySelector("[name=password]").value')).toBe('');
      await popup.evaluate('document.querySelector("[name=email]").value = ""');
      await popup.type('[name=email]', 'tess@example.com');
      await popup.type('[name=password]', stage.password);
      await popup.click(does('log-on'));
      await popup.waitFor('/two-factor/i.test(document.body.innerText)');
      await popup.click(`form ${does('open-site')}`);
      await until('the page of the site', async () =>
        (await Promise.all((await stage.browser.tabs()).map(tab => tab.url()))).some(url =>
          url.startsWith(pageOf('acme')),
        ),
      );
      expect(stage.sandbox.tokens()).toEqual([]);
    },
  );

  play('takes a pasted session token, and refuses one that is dead or none', async stage => {
    const token = stage.sandbox.birth('acme.fogbugz.com', 'grace@example.com');
    const dead = stage.sandbox.birth('acme.fogbugz.com', 'ada@example.com');
    stage.sandbox.kill(dead);
    const popup = await openForm(stage, 'take-token');
    await popup.type('[name=address]', 'acme.fogbugz.com');
    await popup.type('[name=token]', 'short');
    await popup.click(does('take-token'));
    await popup.waitFor(
      `document.querySelector('form:has(${does('take-token')}) .said[data-tone=bad]') !== null`,
    );
    await paste(popup, dead);
    // While the form waits for its answer it takes nothing else.
    await popup.waitFor(
      `/does not know this token/.test(document.querySelector('form:has(${does('take-token')}) .said')?.innerText)`,
    );
    expect(stage.life(dead).checksAsked).toBe(1);
    expect(await stage.sessions()).toEqual([]);
    await paste(popup, token);
    await popup.waitFor('document.querySelector(".card")?.innerText.includes("Grace Hopper")');
    expect(await popup.evaluate<string>('document.documentElement.outerHTML')).not.toContain(token);
    await popup.click(does('log-off'));
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await popup.close();
  });

  play('keeps an API key whatever ends, and revokes it on the explicit word alone', async stage => {
    await noGrace(stage);
    const key = stage.sandbox.birth('acme.fogbugz.com', 'ada@example.com', 'key');
    const first = await openForm(stage, 'take-token');
    await first.type('[name=address]', 'acme.fogbugz.com');
    await first.click('[name=kind][value=api-key]');
    await first.type('[name=token]', key);
    await first.click(does('take-token'));
    await first.waitFor('document.querySelector(".card")?.innerText.includes("Ada Lovelace")');
    await first.close();

    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await stage.dead(token);
    await stage.settled();
    await stage.browser.reloadExtension();
    stage.browser.signal('SIGKILL');
    await stage.restart();
    await idle(stage);
    expect(stage.life(key)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });

    const popup = await stage.popup();
    await popup.waitFor('document.querySelector(".card") !== null');
    expect(await popup.evaluate<boolean>(`document.querySelector('${does('log-off')}') === null`)).toBe(true);
    await popup.click(does('ask-revoke-key'));
    await popup.click(does('revoke-key'));
    expect(await stage.dead(key)).toMatchObject({ logOffsAsked: 1 });
    await popup.waitFor('document.querySelector(".card") === null');
    await popup.close();
    expect((await stage.history())[0]).toMatchObject({ trigger: 'click', outcome: 'logged-off' });
  });

  play('takes an API key off its list without ending it', async stage => {
    const key = stage.sandbox.birth('acme.fogbugz.com', 'ada@example.com', 'key');
    const popup = await openForm(stage, 'take-token');
    await popup.type('[name=address]', 'acme.fogbugz.com');
    await popup.click('[name=kind][value=api-key]');
    await popup.type('[name=token]', key);
    await popup.click(does('take-token'));
    await popup.waitFor('document.querySelector(".card") !== null');
    await popup.click(does('ask-drop-key'));
    await popup.click(does('drop-key'));
    await until('the key to be off the list', async () => (await stage.sessions()).length === 0);
    await popup.close();
    await idle(stage);
    expect(stage.life(key)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });
}

const does = (what: string): string => `[data-does="${what}"]`;

/** The popup with one of its two forms unfolded. */
async function openForm(stage: Stage, what: 'log-on' | 'take-token'): Promise<Page> {
  const popup = await stage.popup();
  await popup.waitFor(`document.querySelector('details:has(${does(what)})') !== null`);
  await popup.click(`details:has(${does(what)}) > summary`);
  // Both forms are in the page, folded or not: fields are looked for in the one that is meant.
  const scope = `form:has(${does(what)})`;
  return {
    ...popup,
    type: (selector, text) => popup.type(`${scope} ${selector}`, text),
    click: selector => popup.click(selector.startsWith('[name') ? `${scope} ${selector}` : selector),
  };
}

async function paste(popup: Page, token: string): Promise<void> {
  await popup.evaluate('document.querySelector("[name=token]").value = ""');
  await popup.type('[name=token]', token);
  await popup.click(does('take-token'));
}

/** Whether anything that is stored knows the password that everybody here has. */
function passwordsStored(stage: Stage): Promise<boolean> {
  return stage.browser.inWorker<boolean>(
    `const { local, session } = (globalThis.browser ?? chrome).storage;
     return JSON.stringify([await local.get(null), await session.get(null)]).includes('"demo"');`,
  );
}
