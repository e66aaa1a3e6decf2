/**
 * Does one job after the other, in the order of the calls. A job that fails is its caller's to know, and holds up nobody.
 * The very same job again, right after itself and before it has begun, is done once for both.
 */
export function createQueue(): (job: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: { readonly job: () => Promise<void>; readonly done: Promise<void> } | undefined;
  return job => {
    if (waiting?.job === job) return waiting.done;
    const done = last.then(() => {
      if (waiting?.done === done) waiting = undefined;
      return job();
    });
    waiting = { job, done };
    last = done.catch(() => undefined);
    return done;
  };
}

/** For a job of the keeper's queue that fails: the keeper has said so, and what comes after it goes on. */
export const reported = (): void => undefined;
