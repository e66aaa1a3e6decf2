import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { makeBundles } from './bundles.ts';
import { programsOf } from './programs.ts';
import { replay, shrink } from './replay.ts';
import { scheduleOf } from './schedule.ts';
import { simulate } from './simulate.ts';
import { scheduleMadeFor, type Wish } from './wishes.ts';

// npm run simulate -- 1000000            lives so many schedules
//   with --minutes 40, none of them is begun after that
//   with --only-seeds, none is made for cells, and an empty cell is no failure
// npm run simulate -- --seed 42          tells what happens in one; with --whole, nothing is left out
//   with --wish HAPPENING --while POINT, in the one of that seed that was made for this cell
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string' },
    'only-seeds': { type: 'boolean', default: false },
    threads: { type: 'string', default: String(availableParallelism()) },
    wish: { type: 'string' },
    while: { type: 'string', default: '' },
    whole: { type: 'boolean', default: false },
  },
});

process.on('unhandledRejection', () => undefined);
const wished = (wish: Wish | undefined) => (wish ? ` --wish '${wish.name}' --while '${wish.point}'` : '');
if (values.seed !== undefined) {
  const programs = programsOf(await makeBundles());
  const schedule =
    values.wish === undefined
      ? scheduleOf(Number(values.seed))
      : scheduleMadeFor({ name: values.wish, point: values.while }, Number(values.seed));
  console.log(await replay(programs, values.whole ? schedule : await shrink(programs, schedule)));
} else {
  const count = Number(positionals[0] ?? 1_500);
  let told = performance.now();
  const { lived, happened, requests, faults, broken, coverage, empty, seconds } = await simulate({
    count,
    from: Number(values.from),
    threads: Number(values.threads),
    ...(values.minutes === undefined ? {} : { limitMs: Number(values.minutes) * 60_000 }),
    fills: !values['only-seeds'],
    heard: done => {
      if (performance.now() - told < 30_000) return;
      told = performance.now();
      console.log(`${done} schedules so far`);
    },
  });
  console.log(
    `${lived} schedules with ${happened} happenings, ${requests} requests and ${faults} faults, in ${Math.round(seconds)} s.`,
  );
  if (lived < count) console.log(`There was no time for all of the ${count}.`);
  console.log(`Await points: ${coverage.points().join(', ')}.`);
  const missing = values['only-seeds'] ? [] : empty;
  for (const { name, point } of missing) console.log(`Never: "${name}" while ${point} was waited for.`);
  for (const { schedule, promise } of broken.slice(0, 20))
    console.log(`Broken: ${promise}. npm run simulate -- --seed ${schedule.seed}${wished(schedule.wish)}`);
  console.log(`${broken.length} promises broken, ${empty.length} cells empty.`);
  process.exitCode = lived === 0 || broken.length + missing.length > 0 ? 1 : 0;
}
