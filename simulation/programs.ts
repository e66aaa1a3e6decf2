import { createFogBugzStarter } from './fogbugz.ts';
import { worldNames } from './runtime.ts';
import { createStarter } from './starter.ts';

export type Vendor = 'chromium' | 'firefox';

/** The texts of the programs that take part. */
export type Bundles = {
  readonly worker: Readonly<Record<Vendor, string>>;
  readonly guard: string;
  readonly fogbugz: string;
};

/** The programs that take part, ready to be started once more. */
export type Programs = ReturnType<typeof programsOf>;

export function programsOf({ worker, guard, fogbugz }: Bundles) {
  return {
    worker: {
      chromium: createStarter(worker.chromium, worldNames),
      firefox: createStarter(worker.firefox, worldNames),
    },
    guard: createStarter(guard, worldNames),
    fogbugz: createFogBugzStarter(fogbugz),
  };
}
