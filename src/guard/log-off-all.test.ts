import { describe, expect, it } from 'vitest';
import type { LogOffOutcome } from '../fogbugz/outcome.ts';
import { siteAt, token } from '../fogbugz/stage/loopback.ts';
import type { Guarded } from './care.ts';
import { logOffAll } from './log-off-all.ts';

const timedOut: LogOffOutcome = { is: 'timed-out', afterMs: 10_000 };

function sessions(count: number): readonly Guarded[] {
  return Array.from({ length: count }, (_, index) => ({
    session: `session-${index}`,
    site: siteAt('http://127.0.0.1:9', 'json'),
    token,
    private: false,
    attempts: 0,
  }));
}

describe('logging all off', () => {
  it('begins with as many at once as are allowed, and ends with all of them', async () => {
    const answers: (() => void)[] = [];
    let begun = 0;
    let done = 0;
    const all = logOffAll(sessions(200), {
      logOff: async () => {
        begun += 1;
        await new Promise<void>(resolve => answers.push(resolve));
        return { is: 'logged-off' };
      },
      answered: async () => {
        done += 1;
      },
      pause: async () => 'stop',
    });
    await Promise.resolve();
    expect(begun).toBe(64);
    while (done < 200) {
      for (const answer of answers.splice(0)) answer();
      await new Promise(setImmediate);
    }
    expect(await all).toEqual([]);
    expect(begun).toBe(200);
  });

  it('tries again for as long as it is told to, and counts', async () => {
    let attempts = 0;
    const told: number[] = [];
    const left = await logOffAll(sessions(1), {
      logOff: async () => (++attempts < 4 ? timedOut : { is: 'already-off' }),
      answered: async guarded => void told.push(guarded.attempts),
      pause: async () => 'again',
    });
    expect([attempts, told, left]).toEqual([4, [4], []]);
  });

  it('gives back what is left, with what was tried for it', async () => {
    const left = await logOffAll(sessions(3), {
      logOff: async ({ session }) => (session === 'session-1' ? timedOut : { is: 'logged-off' }),
      answered: async () => {},
      pause: async () => 'stop',
    });
    expect(left).toMatchObject([{ session: 'session-1', attempts: 1 }]);
  });

  it('lets no site wait for one that hangs', async () => {
    const done: string[] = [];
    const hung = sessions(200);
    const other = {
      session: 'other',
      site: siteAt('http://127.0.0.1:10', 'json'),
      token,
      private: false,
      attempts: 0,
    };
    await new Promise<void>(resolve => {
      logOffAll([...hung, other], {
        logOff: async ({ session }) => (session === 'other' ? { is: 'logged-off' } : new Promise(() => {})),
        answered: async ({ session }) => {
          done.push(session);
          resolve();
        },
        pause: async () => 'stop',
      });
    });
    expect(done).toEqual(['other']);
  });

  it('lets none wait for the pause of another', async () => {
    const done: string[] = [];
    let goOn: (() => void) | undefined;
    const all = logOffAll(sessions(2), {
      logOff: async ({ session, attempts }) =>
        session === 'session-0' && attempts === 0 ? timedOut : { is: 'logged-off' },
      answered: async ({ session }) => {
        done.push(session);
        goOn?.();
      },
      pause: () => new Promise(resolve => (goOn = () => resolve('again'))),
    });
    await all;
    expect(done).toEqual(['session-1', 'session-0']);
  });
});
