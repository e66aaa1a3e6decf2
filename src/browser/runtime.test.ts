import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, Question } from './commands.ts';
import { FakeBrowser } from './stage/fake-browser.ts';

let browser: FakeBrowser;
/** What the worker was given to do, and to answer. */
let obeyed: Command[];
let asked: Question[];

beforeEach(async () => {
  browser = new FakeBrowser();
  obeyed = [];
  asked = [];
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  const { onMessage } = await import('./runtime.ts');
  onMessage(
    async command => void obeyed.push(command),
    async question => {
      asked.push(question);
      return { is: 'answer to', ask: question.ask };
    },
  );
});

const everywhere = { do: 'log-off-everywhere' };
const addSite = { ask: 'add-site', address: 'intranet/fogbugz' };
const base = 'https://acme.fogbugz.com/';

describe('a message of a page of ours', () => {
  it('that commands is obeyed', async () => {
    await browser.send(everywhere);
    await browser.send({ do: 'set-exception', site: base, rules: { idleMinutes: 5 } });
    expect(obeyed).toEqual([everywhere, { do: 'set-exception', site: base, rules: { idleMinutes: 5 } }]);
  });

  it.each([
    addSite,
    { ask: 'log-on', site: base, email: 'ada@example.com', password: '', page: 'too', window: 'ordinary' },
    { ask: 'take-token', site: base, token: 'a b', kind: 'api-key', window: 'ordinary' },
  ])('that asks is answered: $ask', async question => {
    expect(await browser.send(question)).toEqual({ is: 'answer to', ask: question.ask });
    expect(asked).toEqual([question]);
    expect(obeyed).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'log-off-everywhere'],
    ['a command that there is none', { do: 'reveal' }],
    ['a question that there is none', { ask: 'token' }],
    [
      'a log-on without a password',
      { ask: 'log-on', site: base, email: 'ada@example.com', page: 'not', window: 'ordinary' },
    ],
    [
      'a site that is no address',
      { ask: 'take-token', site: 'acme', token: 'abcdefgh', kind: 'session', window: 'ordinary' },
    ],
    [
      'a kind that there is none',
      { ask: 'take-token', site: base, token: 'abcdefgh', kind: 'password', window: 'ordinary' },
    ],
    ['rules out of bounds', { do: 'set-exception', site: base, rules: { idleMinutes: 100_000 } }],
    ['a time that clocks don’t show', { do: 'change-settings', change: { dailyAt: '25:00' } }],
  ])('that is %s is refused', async (_, message) => {
    await expect(browser.send(message)).rejects.toThrow('does not know this command');
    expect([obeyed, asked]).toEqual([[], []]);
  });

  it('cannot slip in sites or exceptions with the simple settings', async () => {
    const change = { lastTab: false, ownSites: ['https://evil.example/'], exceptions: {} };
    await browser.send({ do: 'change-settings', change });
    expect(obeyed).toEqual([{ do: 'change-settings', change: { lastTab: false } }]);
  });
});

describe('a message of somebody else', () => {
  it.each([
    ['a web page', { id: 'id', url: base }],
    ['another extension', { id: 'other', url: 'chrome-extension://id/src/popup/popup.html' }],
    ['a page with an address like ours', { id: 'id', url: 'chrome-extension://id.example/popup.html' }],
  ])('is refused: %s', async (_, sender) => {
    for (const message of [everywhere, addSite]) {
      const [answer] = browser.events.message.fire(message, sender);
      await expect(answer).rejects.toThrow('does not know this command');
    }
    expect([obeyed, asked]).toEqual([[], []]);
  });
});
