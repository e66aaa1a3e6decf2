import type { Guarding } from '../session/guarding.ts';
import type { SessionView } from '../session/view.ts';
import { type GuardedSite, unreachedSites } from './crash-cover.ts';
import type { Language, Say } from './language.ts';
import type { Saying } from './saying.ts';

/** How things stand with the Guard, and what to do where they stand badly. */
export function guardWords(guarding: Guarding, say: Say): Saying {
  switch (guarding.is) {
    case 'off':
      return { tone: 'plain', happened: say('guardOff') };
    case 'resting':
      return { tone: 'plain', happened: say('guardResting') };
    case 'connecting':
      return { tone: 'plain', happened: say('guardConnecting') };
    case 'connected':
      return { tone: 'good', happened: say('guardConnected', guarding.version) };
    case 'missing':
      return { tone: 'bad', happened: say('guardMissing'), advice: say('guardMissingAdvice') };
    case 'guard-outdated':
      return {
        tone: 'bad',
        happened: say('guardOutdated', guarding.version),
        advice: say('guardOutdatedAdvice'),
      };
    case 'extension-outdated':
      return {
        tone: 'bad',
        happened: say('guardExtensionOutdated', guarding.version),
        advice: say('guardExtensionOutdatedAdvice'),
      };
    case 'refuses':
      return { tone: 'bad', happened: say('guardRefuses'), advice: say('guardRefusesAdvice') };
    case 'not-permitted':
      return { tone: 'bad', happened: say('guardNotPermitted'), advice: say('guardNotPermittedAdvice') };
    default:
      return guarding satisfies never;
  }
}

/** What keeps a Guard that is turned on from covering a crash, and needs the user. */
export function guardTrouble(
  sessions: readonly SessionView[],
  guarding: Guarding,
  { say, times }: Language,
): Saying | undefined {
  const words = guardWords(guarding, say);
  if (words.tone === 'bad') return words;
  const unreached = unreachedSites(sessions, guarding);
  if (unreached.length === 0) return undefined;
  return {
    tone: 'bad',
    happened: say('guardUnreached', times.list(unreached)),
    advice: say('guardUnreachedAdvice'),
  };
}

/** What the Guard's try at a site came to. */
export function guardedWords({ site, guarded }: GuardedSite, say: Say): Saying {
  const failed = (why: string): Saying => ({ tone: 'bad', happened: say('guardCannotReach', site, why) });
  switch (guarded) {
    case 'asking':
      return { tone: 'plain', happened: say('guardAsking', site) };
    case 'ok':
      return { tone: 'good', happened: say('guardReaches', site) };
    case 'unreachable':
      return failed(say('guardUnreachable'));
    case 'timed-out':
      return failed(say('guardTimedOut'));
    case 'redirected':
      return failed(say('guardRedirected'));
    case 'too-large':
      return failed(say('guardTooLarge'));
    case 'not-fogbugz':
      return failed(say('guardNotFogBugz'));
    case 'unavailable':
      return failed(say('guardUnavailable'));
    case 'refused':
      return failed(say('guardRefused'));
    default:
      return guarded satisfies never;
  }
}

/** What to do about the sites that could not be reached: each advice once, however many need it. */
export function reachAdvice(sites: readonly GuardedSite[], say: Say): readonly string[] {
  const passes = ({ guarded }: GuardedSite) => guarded === 'unavailable' || guarded === 'refused';
  const failed = sites.filter(({ guarded }) => guarded !== 'ok' && guarded !== 'asking');
  return [
    ...(failed.every(passes) ? [] : [say('guardNetworkAdvice', 'HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS')]),
    ...(failed.some(passes) ? [say('guardWaitAdvice')] : []),
  ];
}
