import fc from 'fast-check';
import { type Session, type Source, triggers } from '../session.ts';
import { defaultSettings } from '../settings.ts';
import type { transition } from '../transition.ts';
import { sessionWith } from './samples.ts';
import { type Happening, type Reply, start, World } from './world.ts';

const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ is: fc.constant('trigger'), trigger: fc.constantFrom(...triggers) }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('tabs'), any: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('stay-once'), on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constantFrom('worker-dies', 'browser-ends'), reached: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('time-passes'),
      ms: fc.oneof(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 0, max: 3_600_000 })),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      is: fc.constant('answer'),
      to: fc.nat(3),
      reply: fc.constantFrom<Reply>('honest', 'lost-on-the-way-there', 'lost-on-the-way-back', 'lie'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('kept-on', 'close', 'try-now', 'person') }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('cookie-vanishes', 'forget') }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('revoke', 'drop') }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('clock-is-set-back'), ms: fc.nat(90_000_000) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('administrator-kills') }) },
);

/** Random lives of a session, and the settings that it lives under. */
export const lives = fc.record({
  happenings: fc.array(happenings, { minLength: 30, maxLength: 90, size: 'max' }),
  kind: fc.constantFrom<Session['kind'][]>('session', 'session', 'session', 'api-key'),
  source: fc.constantFrom<Source[]>(sessionWith().source, sessionWith().source, { is: 'pasted' }),
  lastTab: fc.boolean(),
  graceSeconds: fc.constantFrom(0, 10),
  browserClose: fc.boolean(),
  maxHours: fc.constantFrom(0, 1),
  dailyAt: fc.constantFrom('', '12:00'),
  private: fc.boolean(),
  dice: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
});

/** Lives one life to its end; throws at the first promise that is broken. */
export function live(
  under: typeof transition,
  life: typeof lives extends fc.Arbitrary<infer T> ? T : never,
): World {
  const { kind, source, dice, lastTab, graceSeconds, browserClose, maxHours, dailyAt } = life;
  const settings = { ...defaultSettings, lastTab, graceSeconds, browserClose, maxHours, dailyAt };
  const session = sessionWith({ kind, source, private: life.private, since: start });
  const world = new World(under, session, settings, () => dice.next().value);
  for (const happening of life.happenings) world.happen(happening);
  world.settle();
  return world;
}
