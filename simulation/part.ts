import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { Coverage } from './coverage.ts';
import { type Bundles, programsOf } from './programs.ts';
import { live, type Schedule, scheduleOf } from './schedule.ts';
import { scheduleFor, tries, type Wish } from './wishes.ts';

/** What a thread is given to do: seeds from one up to another, or wishes with the seeds to try them with. */
export type Order = {
  readonly bundles: Bundles;
  readonly seeds: readonly number[];
  readonly wishes: readonly Wish[];
  /** No seed is begun after that, ms since the epoch. */
  readonly until: number;
  /** It ends with the first broken promise. */
  readonly stopsAt: 'first' | 'last';
};

/** What it tells about every hundred schedules, and at its end. */
export type Told = {
  readonly lived: number;
  readonly happened: number;
  readonly requests: number;
  readonly faults: number;
  readonly cells: ReturnType<Coverage['cells']>;
  readonly broken: readonly { readonly schedule: Schedule; readonly promise: string }[];
};

async function run(order: Order, tell: (told: Told) => void): Promise<void> {
  const programs = programsOf(order.bundles);
  let told = { lived: 0, happened: 0, requests: 0, faults: 0 };
  let coverage = new Coverage();
  let broken: Told['broken'] = [];
  const report = () => {
    tell({ ...told, cells: coverage.cells(), broken });
    told = { lived: 0, happened: 0, requests: 0, faults: 0 };
    coverage = new Coverage();
    broken = [];
  };
  const one = async (schedule: Schedule): Promise<boolean> => {
    const outcome = await live(programs, schedule, coverage);
    told.lived += 1;
    told.happened += outcome.happened;
    told.requests += outcome.requests;
    told.faults += outcome.faults;
    if (outcome.broken !== undefined) broken = [...broken, { schedule, promise: outcome.broken }];
    const stops = outcome.broken !== undefined && order.stopsAt === 'first';
    if (told.lived >= 100 || stops) report();
    return stops;
  };
  for (const seed of order.seeds) {
    if (Date.now() >= order.until) break;
    if (await one(scheduleOf(seed))) return;
  }
  for (const wish of order.wishes) {
    for (let seed = 0; seed < tries; seed++) {
      if (await one(scheduleFor(wish, seed))) return;
      if (
        coverage.empty([wish.name]).every(({ point }) => point !== wish.point) &&
        coverage.points().includes(wish.point)
      )
        break;
    }
  }
  report();
}

// Each start of a program makes its functions anew, and what was optimised of them before is of no use: without, half the
// time. It counts for the whole process, which is here for simulations alone.
setFlagsFromString('--no-opt');
// A worker that is asked in vain rejects here and there; in a browser that is a line in its console.
process.on('unhandledRejection', () => undefined);
const order: Order = workerData;
await run(order, told => parentPort?.postMessage(told));
