import { endsAtClose } from '../session/ends-at-close.ts';
import type { Guarding, Reach } from '../session/guarding.ts';
import type { Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { siteName } from './site-name.ts';

export type CrashCover = 'covered' | 'not-covered';

/** Whether the Guard logs this session off when the browser is killed: it holds it, and has reached its site. */
export function coverOf({ id }: SessionView, guarding: Guarding): CrashCover {
  return guardedOf(id, guarding) === 'ok' ? 'covered' : 'not-covered';
}

/** Whether a crash is covered for everything that is not to outlive the browser; not, as long as that is nothing. */
export function crashCover(
  sessions: readonly SessionView[],
  settings: Settings,
  guarding: Guarding,
): CrashCover {
  const ending = sessions.filter(session => endsAtClose(session, settings));
  const all = ending.length > 0 && ending.every(session => coverOf(session, guarding) === 'covered');
  return all ? 'covered' : 'not-covered';
}

export type GuardedSite = { readonly site: string; readonly guarded: Reach };

/** The sites of the sessions in the Guard's care, each once for each result, and as people call them. */
export function guardedSites(sessions: readonly SessionView[], guarding: Guarding): readonly GuardedSite[] {
  const found = sessions.flatMap(({ id, site }): [string, GuardedSite][] => {
    const guarded = guardedOf(id, guarding);
    return guarded ? [[`${guarded} ${site}`, { site: siteName(site), guarded }]] : [];
  });
  return [...new Map(found).values()].toSorted((a, b) => a.site.localeCompare(b.site));
}

/** The names of those sites that it has tried in vain. */
export function unreachedSites(sessions: readonly SessionView[], guarding: Guarding): readonly string[] {
  const failed = guardedSites(sessions, guarding).filter(
    ({ guarded }) => guarded !== 'ok' && guarded !== 'asking',
  );
  return [...new Set(failed.map(({ site }) => site))];
}

function guardedOf(id: string, guarding: Guarding): Reach | undefined {
  return guarding.is === 'connected' ? guarding.sessions[id] : undefined;
}
