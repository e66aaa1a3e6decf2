import { needsNoPermission } from '../browser/addresses.ts';
import type { SiteView } from '../browser/face.ts';
import type { Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { dotted } from '../ui/dotted.ts';
import type { Language } from '../ui/language.ts';
import { hasOwnRules } from './own-rules.ts';

/** What is known of a site, in one line. */
export function siteFacts(
  { base, own, dialect }: SiteView,
  { sessions, settings }: { readonly sessions: readonly SessionView[]; readonly settings: Settings },
  { say, sayCount }: Language,
): string {
  const here = sessions.filter(({ site }) => site === base).length;
  const whose = own ? say('siteOwn') : needsNoPermission(base) ? say('siteOnDemand') : say('siteRemoved');
  return dotted([
    whose,
    dialect ? dialectName(dialect) : say('dialectUnknown'),
    base.startsWith('http:') && say('siteInsecure'),
    here > 0 && sayCount('siteSessions', here),
    hasOwnRules(settings, base) && say('siteOwnRules'),
  ]);
}

/** The same in every language. */
export function dialectName(dialect: NonNullable<SiteView['dialect']>): string {
  switch (dialect) {
    case 'json':
      return 'JSON';
    case 'xml':
      return 'XML';
    default:
      return dialect satisfies never;
  }
}
