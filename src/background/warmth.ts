import type { Reuse } from '../browser/reuse.ts';
import { firstPace, learn, type Pace, restMs } from './pace.ts';

/**
 * Whether a worker may stay awake, and a connection open, while a FogBugz page is on screen and its user is there.
 * The stores frown on it; docs/decisions says why it is worth it. `false` leaves closing to the next start.
 */
const keepsWarm = true;

/** Below the 30 s after which both browsers put a worker to sleep. Connections have a pace of their own. */
const beatMs = 20_000;

export type WarmthPorts = {
  /** Bases of the sites whose sessions a tab uses now; empty: nothing to keep warm for. */
  readonly sites: () => readonly string[];
  /** Whether the user has touched the computer in the last minutes. */
  readonly userIsActive: () => Promise<boolean>;
  /** Asks something of the site without a token; tells whether that found a connection open. */
  readonly warm: (base: string) => Promise<Reuse>;
  /** Any call of the extension API, which is what keeps a worker awake. */
  readonly stir: () => Promise<unknown>;
  readonly now: () => number;
};

/** The connection to one site, while it is kept up. */
type Kept = { timer?: ReturnType<typeof setTimeout>; answeredAt?: number };

/**
 * Keeps what the closing function needs at hand: a worker that is awake, and a connection to each site, which is used
 * only as often as the site's server wants it used.
 */
export function createWarmth(ports: WarmthPorts) {
  let beating: ReturnType<typeof setInterval> | undefined;
  const kept = new Map<string, Kept>();
  /** What has been learnt of sites; it outlasts a pause. */
  const paces = new Map<string, Pace>();

  const beat = async (): Promise<void> => {
    if (ports.sites().length === 0 || !(await ports.userIsActive())) return rest();
    const sites = ports.sites();
    for (const site of kept.keys()) if (!sites.includes(site)) leave(site);
    for (const site of sites) if (!kept.has(site)) begin(site);
    await ports.stir();
  };
  const begin = (site: string): void => {
    const mine: Kept = {};
    kept.set(site, mine);
    void ask(site, mine);
  };
  const ask = async (site: string, mine: Kept): Promise<void> => {
    const restedMs = mine.answeredAt === undefined ? undefined : ports.now() - mine.answeredAt;
    const reuse = await ports.warm(site);
    const pace = learn(paces.get(site) ?? firstPace, reuse, restedMs);
    paces.set(site, pace);
    if (kept.get(site) !== mine) return;
    mine.answeredAt = ports.now();
    mine.timer = setTimeout(() => void ask(site, mine), restMs(pace));
  };
  const leave = (site: string): void => {
    clearTimeout(kept.get(site)?.timer);
    kept.delete(site);
  };
  const rest = (): void => {
    clearInterval(beating);
    beating = undefined;
    for (const site of kept.keys()) leave(site);
  };

  return {
    /** Sessions, tabs or the user's presence changed. Begins at once for a site that is new. */
    changed(): void {
      if (!keepsWarm) return;
      const sites = ports.sites();
      if (sites.length === 0) return rest();
      if (beating !== undefined && sites.every(site => kept.has(site))) return;
      clearInterval(beating);
      beating = setInterval(() => void beat(), beatMs);
      void beat();
    },
  };
}
