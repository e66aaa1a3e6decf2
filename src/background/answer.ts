import type { Question } from '../browser/commands.ts';
import type { createDrill } from './drill.ts';
import type { Newcomers } from './newcomers.ts';
import type { createOwnSites } from './own-sites.ts';

/** What the questions of the pages mean: commands that have an answer. */
export function createAnswer(
  addSite: ReturnType<typeof createOwnSites>['add'],
  newcomers: Newcomers,
  drill: Pick<ReturnType<typeof createDrill>, 'logOn' | 'take'>,
) {
  return async (question: Question): Promise<unknown> => {
    switch (question.ask) {
      case 'add-site':
        return addSite(question.address);
      case 'log-on':
        return newcomers.logOn(question);
      case 'take-token':
        return newcomers.takeToken(question);
      case 'log-on-for-drill':
        return drill.logOn(question);
      case 'drill-with':
        return drill.take(question.id);
      default:
        return question satisfies never;
    }
  };
}
