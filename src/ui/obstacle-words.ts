import type { Obstacle } from '../session/session.ts';
import type { Language, Say } from './language.ts';
import { siteName } from './site-name.ts';

/** Why a log-off has not succeeded yet, and what the user can do about it. */
export type ObstacleWords = { readonly happened: string; readonly advice: string };

export function obstacleWords(obstacle: Obstacle, base: string, { say, times }: Language): ObstacleWords {
  const site = siteName(base);
  switch (obstacle.is) {
    case 'unreachable':
      return { happened: say('unreachable', site), advice: say('unreachableAdvice') };
    case 'timed-out':
      return {
        happened: say('timedOut', site, times.seconds(Math.round(obstacle.afterMs / 1000))),
        advice: say('timedOutAdvice'),
      };
    case 'redirected':
      return { happened: say('redirected', site), advice: say('redirectedAdvice') };
    case 'too-large':
      return { happened: say('tooLarge', site), advice: say('tooLargeAdvice') };
    case 'not-fogbugz':
      return {
        happened: say('notFogBugz', site, String(obstacle.status)),
        advice: say('notFogBugzAdvice'),
      };
    case 'unavailable':
      return {
        happened: say('unavailable', site, String(obstacle.status)),
        advice: say('unavailableAdvice'),
      };
    case 'refused':
      return {
        happened: obstacle.message
          ? say('refused', site, obstacle.message, String(obstacle.code))
          : say('refusedWithoutMessage', site, String(obstacle.code)),
        advice: refusalAdvice(obstacle.code, say),
      };
    case 'still-alive':
      return { happened: say('stillAlive', site), advice: say('stillAliveAdvice') };
    case 'page-still-on':
      return { happened: say('pageStillOn', site), advice: say('pageStillOnAdvice') };
    case 'not-permitted':
      return { happened: say('notPermitted', site), advice: say('notPermittedAdvice') };
    default:
      return obstacle satisfies never;
  }
}

/** What FogBugz's error codes mean for a log-off; docs/wire.md lists them. */
function refusalAdvice(code: number, say: Say): string {
  switch (code) {
    case 0: // not initialised
    case 28: // account in maintenance mode
      return say('refusedNotReady');
    case 1: // incorrect password
    case 6: // action not permitted
    case 13: // insufficient permissions
    case 29: // two-factor enabled
      return say('refusedNotPermitted');
    default:
      return say('refusedOther');
  }
}
