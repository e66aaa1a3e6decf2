/** An extension's worker as the debugging protocol sees it, without keeping it awake. */
import type { Protocol } from 'puppeteer-core';
import { until, within } from '../until.ts';
import { type Devtools, evaluate, type Session, type Target } from './devtools.ts';

type Version = Protocol.ServiceWorker.ServiceWorkerVersion;

export type ExtensionWorker = {
  readonly origin: string;
  runs(): Promise<boolean>;
  /** Waits until the worker has been started by the browser; gives the target. `look` may throw when that is in vain. */
  started(look?: () => void): Promise<Target>;
  /** Waits until another has been started in the place of a worker. */
  startedAfter(old: Target): Promise<void>;
  /** The running worker, woken if it slept. */
  target(): Promise<Target>;
  /** Runs an expression or async function body in it, and wakes it before if need be. */
  run<T>(functionBody: string, argument?: unknown): Promise<T>;
  kill(): Promise<void>;
};

export function extensionWorker(devtools: Devtools, id: string): ExtensionWorker {
  const origin = `chrome-extension://${id}/`;

  /** The protocol shows workers only to a page; one of the browser's own leaves the user's tabs alone. */
  const observed = async <T>(
    use: (session: Session, versions: readonly Version[]) => Promise<T>,
  ): Promise<T> =>
    observedFrom(use).catch(error => {
      // The page that it looked from was closed in that moment.
      if (!/No target with given id|Session closed|Target closed/.test(String(error))) throw error;
      return observedFrom(use);
    });

  const observedFrom = async <T>(
    use: (session: Session, versions: readonly Version[]) => Promise<T>,
  ): Promise<T> => {
    const { defaultBrowserContextId: own } = await devtools.send('Target.getBrowserContexts');
    // An incognito window's pages see the workers of its own world only, and ours lives in the other
    const targets = (await devtools.targets()).filter(({ browserContextId }) => browserContextId === own);
    const page =
      targets.find(({ type }) => type === 'browser_ui') ?? targets.find(({ type }) => type === 'page');
    return page ? observedIn(page, use) : observedFromHidden(use);
  };

  const observedIn = <T>(
    page: Target,
    use: (session: Session, versions: readonly Version[]) => Promise<T>,
  ): Promise<T> =>
    devtools.attached(page, async session => {
      const versions = new Promise<readonly Version[]>(resolve => {
        session.once('ServiceWorker.workerVersionUpdated', update => resolve(update.versions));
      });
      await session.send('ServiceWorker.enable');
      return use(session, await within('the list of workers', versions));
    });

  /** For a browser that runs without a window: a page that no window has. */
  const observedFromHidden = async <T>(
    use: (session: Session, versions: readonly Version[]) => Promise<T>,
  ): Promise<T> => {
    const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank', hidden: true });
    try {
      const page = await until('a hidden page', async () =>
        (await devtools.targets()).find(target => target.targetId === targetId),
      );
      return await observedIn(page, use);
    } finally {
      await devtools.send('Target.closeTarget', { targetId }).catch(() => undefined);
    }
  };
  const ours = (versions: readonly Version[]) =>
    versions.find(
      ({ scriptURL, runningStatus }) => scriptURL.startsWith(origin) && runningStatus !== 'stopped',
    );
  const status = () => observed(async (_, versions) => ours(versions)?.runningStatus ?? 'stopped');
  const find = async () =>
    (await devtools.targets()).find(({ type, url }) => type === 'service_worker' && url.startsWith(origin));

  const started = (look?: () => void) =>
    until(`the worker of ${origin} to have started`, async () => {
      look?.();
      return (await status()) === 'running' ? await find() : undefined;
    });
  const awake = async () => {
    if ((await status()) !== 'running') {
      await observed(session => session.send('ServiceWorker.startWorker', { scopeURL: origin }));
    }
    return started();
  };

  return {
    origin,
    started,
    async startedAfter(old) {
      await until('the worker to start again', async () => (await started()).targetId !== old.targetId);
    },
    target: awake,
    runs: async () => (await status()) === 'running',
    async run<T>(functionBody: string, argument?: unknown) {
      const ask = async () =>
        devtools.attached(await awake(), session => evaluate<T>(session, functionBody, argument));
      return ask().catch(error => {
        // It fell asleep after it was found, and nothing of it has run.
        if (!/No target with given id/.test(String(error))) throw error;
        return ask();
      });
    },
    async kill() {
      const target = await find();
      if (target) await devtools.send('Target.closeTarget', { targetId: target.targetId });
      await until(`the worker of ${origin} to have stopped`, async () => (await status()) === 'stopped');
    },
  };
}
