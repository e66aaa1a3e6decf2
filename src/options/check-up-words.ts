import type { Guarding } from '../session/guarding.ts';
import { guardWords } from '../ui/guard-words.ts';
import { type Language, type Say, sentences } from '../ui/language.ts';
import type { Gap, Layer } from './check-up.ts';

/** When a layer logs off, and how. */
export function layerWords({ name }: Layer, say: Say): { readonly when: string; readonly how: string } {
  switch (name) {
    case 'alive':
      return { when: say('layerAlive'), how: say('layerAliveHow') };
    case 'close':
      return { when: say('layerClose'), how: say('layerCloseHow') };
    case 'crash':
      return { when: say('layerCrash'), how: say('layerCrashHow') };
    case 'start':
      return { when: say('layerStart'), how: say('layerStartHow') };
    case 'private':
      return { when: say('layerPrivate'), how: say('layerPrivateHow') };
    default:
      return name satisfies never;
  }
}

export function standingWords({ standing }: Layer, say: Say): string {
  switch (standing) {
    case 'covered':
      return say('standingCovered');
    case 'partly':
      return say('standingPartly');
    case 'not-covered':
      return say('standingNot');
    case 'unknown':
      return say('standingUnknown');
    default:
      return standing satisfies never;
  }
}

/** What is missing and what the user can do about it. */
export function gapWords(gap: Gap, guarding: Guarding, { say, times }: Language): string {
  const unlessLocked = (what: string, advice: string, locked: boolean): string =>
    sentences([what, locked ? say('locked') : advice], say);
  switch (gap.is) {
    case 'no-permission':
      return say('gapNoPermission', times.list(gap.sites));
    case 'private-windows':
      return say('gapPrivateWindows');
    case 'last-tab-off':
      return unlessLocked(say('gapLastTabOff'), say('gapLastTabOffAdvice'), gap.locked);
    case 'close-off':
      return unlessLocked(say('gapCloseOff'), say('gapCloseOffAdvice'), gap.locked);
    case 'close-off-at':
      return say('gapCloseOffAt', times.list(gap.sites));
    case 'short-moment':
      return gap.mend === 'keep-running'
        ? sentences([say('gapShortMoment'), say('gapShortMomentAdvice')], say)
        : say('gapShortMoment');
    case 'guard-off':
      return unlessLocked(say('gapGuardOff'), say('gapGuardOffAdvice'), gap.locked);
    case 'guard-resting':
      return say('gapGuardResting');
    case 'guard-asking':
      return say('gapGuardAsking');
    case 'guard-unreached':
      return say('guardUnreached', times.list(gap.sites));
    case 'guard-trouble': {
      const { happened, advice } = guardWords(guarding, say);
      return sentences(advice ? [happened, advice] : [happened], say);
    }
    case 'temporary':
      return say('gapTemporary');
    case 'private-forgotten':
      return say('gapPrivateForgotten');
    default:
      return gap satisfies never;
  }
}
