import { describe, expect, it } from 'vitest';
import type { NoticeText } from '../browser/notices.ts';
import type { Event } from '../session/event.ts';
import type { Session, State } from '../session/session.ts';
import { defaultSettings, type Settings } from '../session/settings.ts';
import { sampleStates as is, sessionWith } from '../session/stage/samples.ts';
import { transition } from '../session/transition.ts';
import { createNotices } from './notices.ts';

/** The browser's notices, as they stand on its screen. */
function createScreen(notices: Settings['notices'] = 'all') {
  const screen = new Map<string, NoticeText>();
  const accepted: object[] = [];
  const sessions = new Map<string, Session>();
  const browser = { closes: false, popups: 0 };
  const create = () =>
    createNotices({
      settings: () => ({ notices }),
      session: id => sessions.get(id),
      isOver: () => browser.closes,
      show: async (id, text) => void screen.set(id, text),
      withdraw: async id => void screen.delete(id),
      shown: async () => [...screen.keys()],
      accept: async offer => void accepted.push(offer),
      openPopup: async () => {
        browser.popups += 1;
      },
      now: () => 10_000,
    });
  let worker = create();
  return {
    browser,
    accepted,
    sessions,
    ids: () => [...screen.keys()],
    pressed: (id: string, on: 'notice' | 'button') => worker.pressed(id, on),
    closing: () => worker.closing(),
    happens(state: State, event: Event, id = 'one'): void {
      const before = sessionWith({ id, state });
      worker.stepped(before, transition(before, event, defaultSettings));
    },
    async restart(): Promise<void> {
      worker = create();
      await worker.restore();
    },
  };
}
const loggedOff: Event = { is: 'log-off-ended', result: 'logged-off', at: 10_000, chance: 0 };
const refused: Event = {
  is: 'log-off-ended',
  result: { is: 'refused', code: 28, message: '' },
  at: 10_000,
  chance: 0,
};
const lastTabGone: Event = { is: 'tabs-seen', any: false, at: 10_000 };

describe('the notices', () => {
  it('are as many as the user asked for', () => {
    const shown = (notices: Settings['notices']) => {
      const screen = createScreen(notices);
      screen.happens(is.sending, loggedOff, 'a');
      screen.happens(is.sending, refused, 'b');
      screen.happens(is.open, lastTabGone, 'c');
      return screen.ids();
    };
    expect(shown('none')).toEqual([]);
    expect(shown('problems')).toEqual(['try-now b']);
    expect(shown('all')).toEqual(['log-on https://acme.fogbugz.com/', 'try-now b', 'keep-on c']);
  });

  it('are never shown while the browser closes, and those that are open go', () => {
    const screen = createScreen();
    screen.happens(is.open, lastTabGone, 'a');
    screen.browser.closes = true;
    screen.closing();
    screen.happens(is.sending, loggedOff, 'b');
    expect(screen.ids()).toEqual([]);
  });

  it('do what their button says, and open the popup where they are clicked themselves', () => {
    const screen = createScreen();
    screen.happens(is.open, lastTabGone);
    screen.pressed('keep-on one', 'button');
    screen.pressed('log-on https://acme.fogbugz.com/', 'button');
    expect(screen.accepted).toEqual([
      { does: 'keep-on', id: 'one' },
      { does: 'log-on', site: 'https://acme.fogbugz.com/' },
    ]);
    expect(screen.ids()).toEqual([]);
    screen.pressed('try-now one', 'notice');
    expect(screen.browser.popups).toBe(1);
  });

  it('outlive their worker, as long as they are true', async () => {
    const screen = createScreen();
    screen.happens(is.open, lastTabGone, 'a');
    screen.happens(is.open, lastTabGone, 'b');
    screen.happens(is.sending, loggedOff);
    screen.sessions.set('a', sessionWith({ id: 'a', state: is.countingDown }));
    screen.sessions.set('b', sessionWith({ id: 'b', state: is.open }));
    await screen.restart();
    expect(screen.ids()).toEqual(['keep-on a', 'log-on https://acme.fogbugz.com/']);
    screen.closing();
    expect(screen.ids()).toEqual([]);
  });
});
