/**
 * Whether a worker may stay awake, and a connection open, while a FogBugz page is on screen and its user is there.
 * The stores frown on it; docs/decisions says why it is worth it. `false` leaves closing to the next start.
 */
const keepsWarm = true;

/** Below the 30 s after which both browsers put a worker to sleep, and below most servers' idle limit. */
const periodMs = 20_000;

export type WarmthPorts = {
  /** Bases of the sites whose sessions a tab uses now; empty: nothing to keep warm for. */
  readonly sites: () => readonly string[];
  /** Whether the user has touched the computer in the last minutes. */
  readonly userIsActive: () => Promise<boolean>;
  readonly warm: (base: string) => void;
  /** Any call of the extension API, which is what keeps a worker awake. */
  readonly stir: () => Promise<unknown>;
};

/** Keeps what the closing function needs at hand: a worker that is awake and a connection that is up. */
export function createWarmth(ports: WarmthPorts) {
  let timer: ReturnType<typeof setInterval> | undefined;
  let warmed: readonly string[] = [];

  const beat = async (): Promise<void> => {
    const sites = ports.sites();
    if (sites.length === 0 || !(await ports.userIsActive())) return rest();
    for (const site of sites) ports.warm(site);
    await ports.stir();
  };
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
    warmed = [];
  };

  return {
    /** Sessions, tabs or the user's presence changed. Begins at once for a site that is new. */
    changed(): void {
      if (!keepsWarm) return;
      const sites = ports.sites();
      if (sites.length === 0) return rest();
      if (timer !== undefined && sites.every(site => warmed.includes(site))) return;
      warmed = sites;
      clearInterval(timer);
      timer = setInterval(() => void beat(), periodMs);
      void beat();
    },
  };
}
