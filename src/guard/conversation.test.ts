import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secret } from '../fogbugz/stage/loopback.ts';
import { type GuardReply, mostSessions } from '../guard-messages.ts';
import { createConversation } from './conversation.ts';

/** A conversation with everything that it said and whom it told that it has taken over. */
function begin() {
  const said: GuardReply[] = [];
  const met: string[] = [];
  const succeeded: string[] = [];
  const conversation = createConversation({
    version: '9.9',
    say: reply => said.push(reply),
    probe: async () => ({ is: 'ok' }),
    met: profile => met.push(profile),
    succeed: async profile => void succeeded.push(profile),
    run: async () => 'boot 42 1000',
    receiptsOf: () => ({ read: async () => [], write: async () => {}, acknowledge: async () => {} }),
  });
  const hear = (message: object) => conversation.hear({ is: 'message', message });
  return {
    said,
    met,
    succeeded,
    care: conversation.care,
    hear,
    hello: (sessions: readonly string[], protocol = 1) =>
      hear({ do: 'hello', protocol, version: '1', profile: 'profile-1', sessions }),
    arm: (session: string) => hear({ do: 'arm', session, site, token: secret }),
    disarm: (session: string) => hear({ do: 'disarm', session }),
  };
}

const site = {
  base: 'https://acme.fogbugz.com/',
  dialect: 'json',
  endpoint: 'https://acme.fogbugz.com/f/api/0/jsonapi',
  redirected: false,
};

describe('taking over from the Guard before', () => {
  it('looks for whoever was there as soon as it knows whose the extension is', () => {
    const { hello, met, succeeded } = begin();
    hello(['a']);
    expect(met).toEqual(['profile-1']);
    expect(succeeded).toEqual([]);
  });

  it('waits until every session that was announced is armed or disarmed', () => {
    const { hello, arm, disarm, succeeded } = begin();
    hello(['a', 'b', 'c']);
    arm('a');
    disarm('b');
    arm('z');
    expect(succeeded).toEqual([]);
    arm('c');
    expect(succeeded).toEqual(['profile-1']);
    arm('d');
    expect(succeeded).toHaveLength(1);
  });

  it('is done at once by an extension that has nothing to guard', () => {
    const { hello, succeeded } = begin();
    hello([]);
    expect(succeeded).toEqual(['profile-1']);
  });

  it('is done for an extension whose version doesn’t fit, so that its update logs nobody off', () => {
    const { hello, arm, care, succeeded } = begin();
    hello(['a'], 2);
    expect(succeeded).toEqual(['profile-1']);
    arm('a');
    expect(care()?.sessions).toEqual([]);
  });
});

describe('which browser it is', () => {
  it('is said to an extension that is not back yet: what the Guard before holds stays its own', async () => {
    const { hear, said, succeeded, care } = begin();
    hear({ do: 'which-browser' });
    await Promise.resolve();
    expect(said).toEqual([{ is: 'browser', run: 'boot 42 1000' }]);
    expect([care(), succeeded]).toEqual([undefined, []]);
  });
});

describe('what is in care', () => {
  it('is safe from anything that can be said: every message is answered or refused, and none throws', () => {
    const words = fc.constantFrom(
      'hello',
      'arm',
      'disarm',
      'receipts',
      'acknowledge',
      'status',
      'which-browser',
      'more',
    );
    const likely = fc.record(
      {
        do: words,
        protocol: fc.oneof(fc.nat(), fc.jsonValue()),
        version: fc.jsonValue(),
        profile: fc.jsonValue(),
        session: fc.jsonValue(),
        sessions: fc.jsonValue(),
        token: fc.jsonValue(),
        site: fc.oneof(fc.jsonValue(), fc.constant(site)),
      },
      { requiredKeys: ['do'] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(likely, fc.object())), messages => {
        const { hello, arm, care, hear } = begin();
        hello(['a']);
        arm('a');
        for (const message of messages.filter(({ do: what }) => what !== 'disarm')) hear(message);
        expect(care()?.sessions).toHaveLength(1);
      }),
    );
  });

  it('is nothing before a hello', () => {
    const { arm, care } = begin();
    arm('a');
    expect(care()).toBeUndefined();
  });

  it('is armed once, however often the extension says so, with the token last given', () => {
    const { hello, arm, care } = begin();
    hello([]);
    arm('a');
    arm('a');
    expect(care()?.sessions.map(({ session, token }) => [session, token.reveal()])).toEqual([['a', secret]]);
  });

  it('holds what was armed last after thousands of changes, and nothing else', () => {
    const { hello, arm, disarm, care } = begin();
    hello([]);
    for (let round = 0; round < 5_000; round++) {
      arm(`session ${round % 7}`);
      if (round % 3 !== 0) disarm(`session ${(round * 5) % 7}`);
    }
    for (let session = 0; session < 7; session++) disarm(`session ${session}`);
    arm('the last');
    expect(care()?.sessions.map(({ session }) => session)).toEqual(['the last']);
  });

  it('is bounded, and says so', () => {
    const { hello, arm, care, said } = begin();
    hello([]);
    for (let index = 0; index <= mostSessions; index += 1) arm(`session-${index}`);
    expect(care()?.sessions).toHaveLength(mostSessions);
    expect(said.at(-1)).toEqual({ is: 'refused', why: 'full' });
    arm('session-0');
    expect(said.at(-1)).toEqual({ is: 'refused', why: 'full' });
    expect(said).toHaveLength(2);
  });
});
