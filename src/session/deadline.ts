import type { Session, Trigger } from './session.ts';
import type { Rules } from './settings.ts';

type Deadline = { readonly trigger: Extract<Trigger, 'max-age' | 'daily'>; readonly at: number };

const hourMs = 3_600_000;

/** When a session ends by its age or by the clock on the wall, whichever comes first; ms since the epoch. */
export function deadlineOf(session: Pick<Session, 'since' | 'kind'>, rules: Rules): Deadline | undefined {
  if (session.kind === 'api-key') return undefined;
  const { since } = session;
  const age: Deadline | undefined =
    rules.maxHours > 0 ? { trigger: 'max-age', at: since + rules.maxHours * hourMs } : undefined;
  const daily: Deadline | undefined =
    rules.dailyAt === '' ? undefined : { trigger: 'daily', at: nextTimeOfDay(rules.dailyAt, since) };
  if (age && daily) return age.at <= daily.at ? age : daily;
  return age ?? daily;
}

/** The first moment after `since` at which clocks here show `time` (`HH:MM`), across changes of summer time. */
function nextTimeOfDay(time: string, since: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const moment = new Date(since);
  moment.setHours(hours, minutes, 0, 0);
  if (moment.getTime() <= since) {
    moment.setDate(moment.getDate() + 1);
    // Again: a time that a change of summer time left out became another one, and would stay it.
    moment.setHours(hours, minutes, 0, 0);
  }
  return moment.getTime();
}
