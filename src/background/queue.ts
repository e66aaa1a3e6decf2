/**
 * Does one job after the other, in the order of the calls. A job that fails is its caller's to know, and holds up nobody.
 */
export function createQueue(): (job: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return job => {
    const done = last.then(job);
    last = done.catch(() => undefined);
    return done;
  };
}
