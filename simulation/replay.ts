import type { Programs } from './programs.ts';
import { live, type Schedule } from './schedule.ts';

/** What happened in a schedule, for a person to read. */
export async function replay(programs: Programs, schedule: Schedule): Promise<string> {
  const { journal } = await live(programs, schedule, undefined, true);
  return journal.filter(line => line !== '').join('\n');
}

/** Leaves out whatever is not needed for the promise to be broken. */
export async function shrink(programs: Programs, schedule: Schedule): Promise<Schedule> {
  let shortest = schedule;
  for (
    let size = Math.ceil(schedule.steps.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < shortest.steps.length; ) {
      const steps = [...shortest.steps.slice(0, at), ...shortest.steps.slice(at + size)];
      const { broken } = await live(programs, { ...shortest, steps });
      if (broken === undefined) at += size;
      else shortest = { ...shortest, steps };
    }
  }
  return shortest;
}
