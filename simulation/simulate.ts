import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Mistake, makeBundles, makePart } from './bundles.ts';
import { Coverage } from './coverage.ts';
import { happenings } from './happenings/all.ts';
import { whyNot } from './impossible.ts';
import type { Order, Told } from './part.ts';
import type { Bundles } from './programs.ts';
import type { Wish } from './wishes.ts';

export type Summary = Omit<Told, 'cells'> & {
  readonly coverage: Coverage;
  /** Happenings that never came while a kind of call was waited for, whatever was tried, and could have. */
  readonly empty: readonly Wish[];
  readonly seconds: number;
};

type Asked = {
  /** Schedules, from the seed `from` on. */
  readonly count: number;
  readonly from?: number;
  readonly threads?: number;
  readonly mistake?: Mistake;
  /** No seed is begun after so long. Without it, there is no limit. */
  readonly limitMs?: number;
  readonly stopsAt?: Order['stopsAt'];
  /** Whether schedules are made for happenings and await points that never met. */
  readonly fills?: boolean;
  readonly heard?: (lived: number) => void;
};

/** Lives so many schedules, on several threads. */
export async function simulate(asked: Asked): Promise<Summary> {
  const { count, from = 0, threads = 2, stopsAt = 'last', fills = false } = asked;
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  const began = performance.now();
  const coverage = new Coverage();
  const sum = { lived: 0, happened: 0, requests: 0, faults: 0 };
  let broken: Told['broken'] = [];
  const take = (told: Told) => {
    sum.lived += told.lived;
    sum.happened += told.happened;
    sum.requests += told.requests;
    sum.faults += told.faults;
    broken = [...broken, ...told.broken];
    coverage.add(told.cells);
    asked.heard?.(sum.lived);
  };
  try {
    const [part, bundles] = await Promise.all([makePart(folder), makeBundles(asked.mistake)]);
    const seeds = Array.from({ length: count }, (_, index) => from + index);
    const until = Date.now() + (asked.limitMs ?? Number.POSITIVE_INFINITY);
    await inThreads(part, bundles, threads, { seeds, wishes: [], until, stopsAt }, take);
    const wishes = fills && broken.length === 0 ? emptyOf(coverage) : [];
    if (wishes.length > 0)
      await inThreads(part, bundles, threads, { seeds: [], wishes, until, stopsAt }, take);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const seconds = (performance.now() - began) / 1000;
  return { ...sum, broken, coverage, empty: emptyOf(coverage), seconds };
}

const emptyOf = (coverage: Coverage): readonly Wish[] =>
  coverage.empty(happenings.keys()).filter(cell => whyNot(cell) === undefined);

/** Much is made and soon forgotten: room for more than one schedule spares the collector a seventh of the time. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

/** Deals the work out, one by one, because a thread's share should be like another's. */
async function inThreads(
  part: string,
  bundles: Bundles,
  threads: number,
  { seeds, wishes, until, stopsAt }: Omit<Order, 'bundles'>,
  take: (told: Told) => void,
): Promise<void> {
  const mine = <T>(all: readonly T[], thread: number): readonly T[] =>
    all.filter((_, index) => index % threads === thread);
  await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const shares = { seeds: mine(seeds, thread), wishes: mine(wishes, thread) };
      const order: Order = { bundles, ...shares, until, stopsAt };
      return new Promise<void>((resolve, reject) => {
        const worker = new Worker(part, { workerData: order, execArgv: [], resourceLimits });
        worker.on('message', take);
        worker.once('error', reject);
        worker.once('exit', () => resolve());
      });
    }),
  );
}
