import { describe, expect, it } from 'vitest';
import type { Event } from '../session/event.ts';
import type { Obstacle, Session, State } from '../session/session.ts';
import { defaultSettings } from '../session/settings.ts';
import { sampleStates as is, secret, sessionWith } from '../session/stage/samples.ts';
import { transition } from '../session/transition.ts';
import { newsOf } from './news.ts';

const now = 10_000;
const person = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** What is said when something happens to a session in this state. */
function news(state: State, event: Event, changes: Partial<Session> = {}) {
  const before = sessionWith({ person, state, ...changes });
  return newsOf(before, transition(before, event, defaultSettings), now);
}
const ended = (result: 'logged-off' | 'already-off' | Obstacle) =>
  ({ is: 'log-off-ended', result, at: now, chance: 0.5 }) as const;
const refused = { is: 'refused', code: 28, message: 'The secret plan' } as const;
const silent = { is: 'timed-out', afterMs: 10_000 } as const;
const failing = (attempts: number, obstacle: Obstacle = silent): State => ({
  ...is.sending,
  attempts,
  obstacle,
});

describe('the news of a session', () => {
  it('are that it was logged off, with an offer to log on again', () => {
    expect(news(is.sending, ended('logged-off')).show).toMatchObject({
      offer: { does: 'log-on', site: 'https://acme.fogbugz.com/' },
      text: { title: ['noticeDone', 'acme.fogbugz.com'], person: 'Ada Lovelace' },
    });
    expect(news(is.sending, ended('already-off')).show?.offer.does).toBe('log-on');
  });

  it('are not repeated when it is proven, and not told to somebody who did it on the page or gave up', () => {
    const dead = { is: 'check-ended', result: 'dead', at: now, chance: 0 } as const;
    expect(news(is.checking, { ...dead, about: 'proof' }).show).toBeUndefined();
    expect(news(is.unused, { ...dead, about: 'cookie' }).show).toBeUndefined();
    expect(news(is.waiting, { is: 'forgotten', at: now }).show).toBeUndefined();
  });

  it('are that the seconds run, until they do no more', () => {
    expect(news(is.open, { is: 'tabs-seen', any: false, at: now }).show).toMatchObject({
      offer: { does: 'keep-on', id: 'one' },
      text: { button: 'keepOn' },
    });
    const countdown = [{ does: 'keep-on', id: 'one' }];
    expect(news(is.countingDown, { is: 'kept-on' })).toEqual({ withdraw: countdown });
    expect(news(is.countingDown, { is: 'due', at: 20_000 })).toEqual({ withdraw: countdown });
  });

  it('are that a server refuses, at once and once', () => {
    expect(news(is.sending, ended(refused)).show).toMatchObject({
      offer: { does: 'try-now', id: 'one' },
      text: { title: ['noticeOwed', 'acme.fogbugz.com'], message: 'problemRefused', button: 'tryNow' },
    });
    const again = failing(2, refused);
    expect(news(again, ended(refused)).show).toBeUndefined();
    expect(news({ ...is.waiting, obstacle: refused }, { is: 'try-now', at: now }).show).toBeUndefined();
  });

  it('are that it takes long, once four attempts have failed, and that it may be hopeless after eight', () => {
    expect(news(failing(3), ended(silent)).show).toBeUndefined();
    expect(news(failing(4), ended(silent)).show?.text.message).toBe('problemLong');
    expect(news(failing(5), ended(silent)).show).toBeUndefined();
    expect(news(failing(8), ended(silent)).show?.text.message).toBe('problemHopeless');
    expect(news(failing(9), ended(silent)).show).toBeUndefined();
  });

  it('are that a session which was answered lives on', () => {
    const alive = { is: 'check-ended', about: 'proof', result: 'alive', at: now, chance: 0 } as const;
    expect(news(is.checking, alive).show?.text.message).toBe('problemLivesOn');
  });

  it('take a problem back once it is none any more', () => {
    const { withdraw, show } = news(failing(6), ended('logged-off'));
    expect(withdraw).toEqual([{ does: 'try-now', id: 'one' }]);
    expect(show?.offer.does).toBe('log-on');
    expect(news(failing(6, refused), { is: 'forgotten', at: now })).toEqual({
      withdraw: [{ does: 'try-now', id: 'one' }],
    });
  });

  it('say nothing of a private window, and no log-on is offered for an API key', () => {
    for (const event of [ended('logged-off'), ended(refused)]) {
      expect(news(is.sending, event, { private: true })).toEqual({ withdraw: [] });
    }
    expect(news(is.sending, ended('logged-off'), { kind: 'api-key' }).show).toBeUndefined();
  });

  it('name the host and the person alone', () => {
    const all = [ended('logged-off'), ended(refused), ended(silent)].map(event =>
      news(failing(4), event, { site: 'https://fogbugz.example/secret/path/' }),
    );
    const text = JSON.stringify(all.map(({ show }) => show?.text));
    for (const hidden of [secret, 'ada@example.com', 'secret', 'plan']) expect(text).not.toContain(hidden);
    expect(text).toContain('fogbugz.example');
  });
});
