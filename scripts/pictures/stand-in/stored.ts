import type { Face } from '../../../src/browser/face.ts';
import { type Stored, viewKey } from '../../../src/browser/records.ts';
import { type Site, usualEndpoint } from '../../../src/fogbugz/site.ts';

/** What lies in each storage area. */
export type Areas = { readonly local: Stored; readonly session: Stored };

/**
 * What the worker would have written, for the pages to read this face from it. The rest of a face is what the browser says
 * of permissions.
 */
export function storedOf(face: Face): Areas {
  return {
    local: {
      settings: settingsOf(face),
      policy: { ...face.managed, ...Object.fromEntries(face.policySlips.map(name => [name, unreadable])) },
      history: face.history,
      sites: Object.fromEntries(face.sites.flatMap(known).map(site => [site.base, site])),
      aside: face.trouble.flatMap(asideOf),
      ...(face.drill && { drill: face.drill }),
    },
    session: {
      ...Object.fromEntries(face.sessions.map(session => [viewKey(session.id), session])),
      guarding: face.guarding,
    },
  };
}

/** Of no setting. */
const unreadable = 'nobody can read this';

function settingsOf({ chosen, managed, sites, sync }: Face): Face['chosen'] {
  const added = sites.flatMap(({ base, own }) => (own && !managed.ownSites?.includes(base) ? [base] : []));
  return {
    ...chosen,
    ownSites: [...new Set([...chosen.ownSites, ...added])],
    exceptions: { ...chosen.exceptions, ...(sync === 'too-large' && manyExceptions) },
  };
}

/** More than the browser's sync takes. */
const manyExceptions = Object.fromEntries(
  Array.from({ length: 1000 }, (_, index) => [
    `https://team-${index}.fogbugz.com/`,
    { lastTab: false, idleMinutes: 15 },
  ]),
);

function known({ base, dialect }: Face['sites'][number]): readonly Site[] {
  return dialect ? [{ base, dialect, endpoint: usualEndpoint(base, dialect), redirected: false }] : [];
}

function asideOf(trouble: Face['trouble'][number]): readonly Stored[] {
  switch (trouble.is) {
    case 'no-permission':
      return [];
    case 'set-aside':
      return Array.from({ length: trouble.count }, (_, index) => ({ key: `session:${index}`, value: {} }));
    case 'settings-aside':
      // Since the user changed them last, which was never.
      return [{ key: 'settings', value: '{}', changedAt: 0 }];
    case 'history-aside':
      return [{ key: 'history', value: '[]' }];
    default:
      return trouble satisfies never;
  }
}
