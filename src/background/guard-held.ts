import type { GuardLine } from '../browser/guard-port.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Reach } from '../session/guarding.ts';
import type { Session } from '../session/session.ts';

type Armed = { readonly endpoint: string; readonly probe: Reach };

/**
 * What the Guard at the end of a line was told of: each of them has to be armed or disarmed. `announced`: ids that it
 * has been told to wait for.
 */
export function createHeld(line: GuardLine, announced: readonly string[], siteOf: (base: string) => Site) {
  const told = new Map<string, Armed | 'announced'>(announced.map(id => [id, 'announced']));

  const armedAs = (id: string): Armed | undefined => {
    const armed = told.get(id);
    return armed === 'announced' ? undefined : armed;
  };
  const arm = ({ id, site, token, private: fleeting }: Session): void => {
    const { dialect, endpoint, redirected } = siteOf(site);
    if (armedAs(id)?.endpoint === endpoint) return;
    told.set(id, { endpoint, probe: 'asking' });
    line.send({
      do: 'arm',
      session: id,
      // Where it would be found out again: at the address from which it was found, and not at what that led to.
      site: { base: site, dialect, endpoint, redirected },
      token: token.reveal(),
      private: fleeting,
    });
  };

  return {
    /** Brings what the Guard holds in step with what there is. */
    sync(wanted: readonly Session[]): void {
      const ids = new Set(wanted.map(({ id }) => id));
      for (const id of told.keys()) {
        if (ids.has(id)) continue;
        told.delete(id);
        line.send({ do: 'disarm', session: id });
      }
      for (const session of wanted) arm(session);
    },
    /** What the Guard found at the site of a session that it was given. */
    probed(id: string, probe: Reach): void {
      const armed = armedAs(id);
      if (armed) told.set(id, { ...armed, probe });
    },
    /** With the next sync, the sites that it could not reach are asked again. */
    askAgain(): void {
      for (const [id, armed] of told)
        if (armed !== 'announced' && armed.probe !== 'ok') told.set(id, 'announced');
    },
    isEmpty: (): boolean => told.size === 0,
    probes: (): Readonly<Record<string, Reach>> =>
      Object.fromEntries(
        [...told].map(([id, armed]) => [id, armed === 'announced' ? 'asking' : armed.probe]),
      ),
    /** Whether it holds the session and has reached its site. */
    covers: (id: string): boolean => armedAs(id)?.probe === 'ok',
  };
}

export type Held = ReturnType<typeof createHeld>;
