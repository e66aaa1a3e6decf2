import { type Rules, rulesFor, type Settings } from '../session/settings.ts';

/** What a site gets as its own rules to begin with: all of them, as they are everywhere. */
export function rulesToBeginWith(settings: Settings): Rules {
  const { lastTab, graceSeconds, browserClose, idleMinutes, lock, maxHours, dailyAt } = settings;
  return { lastTab, graceSeconds, browserClose, idleMinutes, lock, maxHours, dailyAt };
}

/** Whether anything is different for a site. */
export function hasOwnRules({ exceptions }: Settings, site: string): boolean {
  return Object.hasOwn(exceptions, site) && Object.keys(exceptions[site] ?? {}).length > 0;
}

/** All that is different for a site once `change` is made. The worker takes the whole of it. */
export function changedRules(settings: Settings, site: string, change: Partial<Rules>): Rules {
  return { ...rulesToBeginWith({ ...settings, ...rulesFor(settings, site) }), ...change };
}
