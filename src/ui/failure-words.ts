import type { Obstacle } from '../session/session.ts';
import type { Language } from './language.ts';
import { type ObstacleWords, obstacleWords } from './obstacle-words.ts';
import { siteName } from './site-name.ts';

/**
 * Why something that the user has just asked for did not work. Unlike a log-off, nothing repeats it by itself: where
 * trying again may help, that is the advice.
 */
export function failureWords(obstacle: Obstacle, base: string, language: Language): ObstacleWords {
  const { say } = language;
  const words = obstacleWords(obstacle, base, language);
  switch (obstacle.is) {
    case 'timed-out':
    case 'unavailable':
      return { ...words, advice: say('tryAgainAdvice') };
    case 'refused':
      return {
        happened: obstacle.message
          ? say('requestRefused', siteName(base), obstacle.message, String(obstacle.code))
          : say('requestRefusedWithoutMessage', siteName(base), String(obstacle.code)),
        advice: say('requestRefusedAdvice'),
      };
    case 'not-permitted':
      return { happened: say('mayNotReach', siteName(base)), advice: say('allowAdvice') };
    case 'unreachable':
    case 'redirected':
    case 'too-large':
    case 'not-fogbugz':
    case 'still-alive':
    case 'page-still-on':
      return words;
    default:
      return obstacle satisfies never;
  }
}
