/** Stands in for the extension's worker where pictures are taken: answers pages as the state that is shown says. */
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { Answers } from '../../../gallery/state.ts';
import { commandSchema, questionSchema } from '../../../src/browser/schemas.ts';
import { exhibitKey, stateOf } from './exhibit.ts';

const exhibitSchema = v.object({ page: v.picklist(['popup', 'options', 'welcome']), name: v.string() });

browser.runtime.onMessage.addListener(async (message: unknown) => {
  const { [exhibitKey]: exhibit } = await browser.storage.session.get(exhibitKey);
  const { answers = {} } = stateOf(v.parse(exhibitSchema, exhibit));
  return v.is(commandSchema, message) ? obey(answers) : answer(v.parse(questionSchema, message), answers);
});

function obey({ command }: Answers): void {
  if (command === 'lost') throw new Error('Nobody is there');
}

function answer(question: v.InferOutput<typeof questionSchema>, answers: Answers): unknown {
  switch (question.ask) {
    case 'add-site':
      return answers.addSite ?? { is: 'added', base: question.address };
    case 'log-on':
      return answers.logOn ?? { is: 'logged-on' };
    case 'take-token':
      return answers.takeToken ?? { is: 'taken' };
    case 'log-on-for-drill':
      return { is: 'begun' };
    case 'drill-with':
      return answers.drillWith ?? { is: 'begun' };
    default:
      return question satisfies never;
  }
}
