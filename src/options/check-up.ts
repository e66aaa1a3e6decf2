import type { Face } from '../browser/face.ts';
import { lockedIn, rulesFor } from '../session/settings.ts';
import { crashCover, unreachedSites } from '../ui/crash-cover.ts';
import { siteName } from '../ui/site-name.ts';

/** One of the times at which a session is logged off, or private windows at any time, and what is missing here. */
export type Layer = {
  readonly name: 'alive' | 'close' | 'crash' | 'start' | 'private';
  /** `unknown`: it can't be known before a session is open. */
  readonly standing: 'covered' | 'partly' | 'not-covered' | 'unknown';
  /** `bad`: something that should work does not; `plain`: as the user, the browser or an administrator wants it. */
  readonly tone: 'good' | 'plain' | 'bad';
  readonly gaps: readonly Gap[];
};

/** What keeps a layer from being whole. `locked`: an administrator has set it, so the user can't mend it. */
export type Gap =
  | { readonly is: 'no-permission'; readonly sites: readonly string[] }
  | { readonly is: 'private-windows' }
  | { readonly is: 'last-tab-off'; readonly locked: boolean }
  | { readonly is: 'close-off'; readonly locked: boolean }
  | { readonly is: 'close-off-at'; readonly sites: readonly string[] }
  /** The closing browser gives a moment, which a slow line may not fit. `mend`: what makes it longer here. */
  | { readonly is: 'short-moment'; readonly mend: 'keep-running' | 'none' }
  | { readonly is: 'guard-off'; readonly locked: boolean }
  | { readonly is: 'guard-resting' }
  | { readonly is: 'guard-asking' }
  | { readonly is: 'guard-unreached'; readonly sites: readonly string[] }
  /** It is turned on and does not work; the section of the Guard says why. */
  | { readonly is: 'guard-trouble' }
  /** Installed for this run of the browser alone. */
  | { readonly is: 'temporary' }
  /** Nothing of them is written down, and no Guard is known to hold what is open. */
  | { readonly is: 'private-forgotten' };

export type CheckUp = {
  /** What stands in the way of every layer. */
  readonly everywhere: readonly Gap[];
  readonly layers: readonly Layer[];
};

type Checked = Pick<
  Face,
  | 'sessions'
  | 'settings'
  | 'managed'
  | 'trouble'
  | 'privateWindows'
  | 'guarding'
  | 'keepsRunning'
  | 'installed'
>;

/** What is covered on this browser and computer, by what is known at this moment. */
export function checkUp(face: Checked, vendor: 'chromium' | 'firefox'): CheckUp {
  const barred = face.trouble.flatMap(one => (one.is === 'no-permission' ? [siteName(one.site)] : []));
  const everywhere: readonly Gap[] = [
    ...(barred.length > 0 ? [{ is: 'no-permission', sites: barred } as const] : []),
  ];
  const layer = (name: Layer['name'], gaps: readonly Gap[]): Layer => {
    // What the extension may not reach, none of its own layers reaches.
    const all = [...everywhere, ...gaps];
    return { name, gaps, standing: standingOf(all), tone: toneOf(all) };
  };
  return {
    everywhere,
    layers: [
      layer('alive', alive(face)),
      layer('close', atClose(face, vendor)),
      layer('crash', afterCrash(face)),
      layer('start', atStart(face)),
      layer('private', inPrivate(face)),
    ],
  };
}

function standingOf(gaps: readonly Gap[]): Layer['standing'] {
  const standings = gaps.map(standingWith);
  for (const worst of ['not-covered', 'unknown', 'partly'] as const)
    if (standings.includes(worst)) return worst;
  return 'covered';
}

const broken: readonly Gap['is'][] = ['no-permission', 'guard-unreached', 'guard-trouble', 'temporary'];

function toneOf(gaps: readonly Gap[]): Layer['tone'] {
  if (gaps.length === 0) return 'good';
  return gaps.some(({ is }) => broken.includes(is)) ? 'bad' : 'plain';
}

function standingWith(gap: Gap): Layer['standing'] {
  switch (gap.is) {
    case 'close-off':
    case 'guard-off':
    case 'guard-unreached':
    case 'guard-trouble':
    case 'temporary':
    case 'private-windows':
      return 'not-covered';
    case 'guard-resting':
    case 'guard-asking':
      return 'unknown';
    case 'no-permission':
    case 'last-tab-off':
    case 'close-off-at':
    case 'short-moment':
    case 'private-forgotten':
      return 'partly';
    default:
      return gap satisfies never;
  }
}

function alive({ settings, managed }: Checked): readonly Gap[] {
  if (settings.lastTab) return [];
  return [{ is: 'last-tab-off', locked: lockedIn(managed).includes('lastTab') }];
}

function atClose(face: Checked, vendor: 'chromium' | 'firefox'): readonly Gap[] {
  const off = closeOff(face);
  if (off.some(({ is }) => is === 'close-off') || face.keepsRunning) return off;
  return [...off, { is: 'short-moment', mend: vendor === 'chromium' ? 'keep-running' : 'none' }];
}

/** Where the rules let sessions outlive the browser, no layer after it ends them. */
function closeOff({ settings, managed }: Checked): readonly Gap[] {
  if (!settings.browserClose)
    return [{ is: 'close-off', locked: lockedIn(managed).includes('browserClose') }];
  const sites = Object.keys(settings.exceptions)
    .filter(site => !rulesFor(settings, site).browserClose)
    .map(siteName);
  return sites.length > 0 ? [{ is: 'close-off-at', sites }] : [];
}

function afterCrash(face: Checked): readonly Gap[] {
  const { sessions, settings, managed, guarding } = face;
  const off = closeOff(face);
  if (off.some(({ is }) => is === 'close-off')) return off;
  const guard = (): readonly Gap[] => {
    if (!settings.guard) return [{ is: 'guard-off', locked: lockedIn(managed).includes('guard') }];
    if (crashCover(sessions, settings, guarding) === 'covered') return [];
    switch (guarding.is) {
      case 'off':
      case 'connecting':
        return [{ is: 'guard-asking' }];
      case 'resting':
        return [{ is: 'guard-resting' }];
      case 'connected': {
        const sites = unreachedSites(sessions, guarding);
        return [sites.length > 0 ? { is: 'guard-unreached', sites } : { is: 'guard-asking' }];
      }
      case 'missing':
      case 'guard-outdated':
      case 'extension-outdated':
      case 'refuses':
      case 'not-permitted':
        return [{ is: 'guard-trouble' }];
      default:
        return guarding satisfies never;
    }
  };
  return [...off, ...guard()];
}

function atStart(face: Checked): readonly Gap[] {
  return [...closeOff(face), ...(face.installed === 'until-close' ? [{ is: 'temporary' } as const] : [])];
}

function inPrivate({ privateWindows, sessions, settings, guarding }: Checked): readonly Gap[] {
  if (privateWindows === 'not-allowed') return [{ is: 'private-windows' }];
  return crashCover(sessions, settings, guarding) === 'covered' ? [] : [{ is: 'private-forgotten' }];
}
