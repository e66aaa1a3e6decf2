import { useRef, useState } from 'preact/hooks';
import type { DrillBegun, LoggedOn } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { here } from '../ui/here.ts';
import { textOf } from '../ui/text-of.ts';
import { type Answer, unreachableWords } from './answers.ts';
import { chosenIn } from './chosen-site.ts';

type LogOnDetails = { readonly site: string; readonly email: string; readonly password: string };

type Standing =
  | { readonly is: 'busy' }
  | { readonly is: 'ambiguous'; readonly people: readonly string[] }
  | { readonly is: 'answered'; readonly answer: Answer };

/**
 * A form that logs on with e-mail and password. The password is in its field and nowhere else: read as the form is sent,
 * gone from the field with the answer.
 *
 * @param answerTo what the form says to an outcome; undefined: the form has done its work.
 */
export function useLogOn<Outcome extends LoggedOn | DrillBegun>(
  face: Face,
  send: (details: LogOnDetails, form: HTMLFormElement) => Promise<Outcome>,
  answerTo: (outcome: Outcome, site: string) => Answer | undefined,
) {
  const password = useRef<HTMLInputElement>(null);
  const [standing, setStanding] = useState<Standing>();
  const answered = (answer: Answer) => setStanding({ is: 'answered', answer });

  const clearPassword = (): void => {
    if (password.current) password.current.value = '';
  };
  const logOn = async (form: HTMLFormElement): Promise<void> => {
    const chosen = chosenIn(form, face);
    if (chosen.is !== 'site') return answered(unreachableWords(chosen, here));
    const site = chosen.base;
    setStanding({ is: 'busy' });
    const email = textOf(form, 'person') || textOf(form, 'email').trim();
    const outcome = await send({ site, email, password: textOf(form, 'password') }, form);
    // The password is still wanted: the same form goes out again, with the name that is chosen.
    if (outcome.is === 'ambiguous' && outcome.people.length > 0) return setStanding(outcome);
    clearPassword();
    const answer = answerTo(outcome, site);
    if (!answer) return;
    answered(answer);
    password.current?.focus();
  };

  const isBusy = standing?.is === 'busy';
  return {
    isBusy,
    answer: standing?.is === 'answered' ? standing.answer : undefined,
    credentials: {
      people: standing?.is === 'ambiguous' ? standing.people : [],
      onEmail: () => void (standing?.is === 'ambiguous' && setStanding(undefined)),
      password,
    },
    submit(form: HTMLFormElement): void {
      if (isBusy) return;
      logOn(form).catch(() => {
        clearPassword();
        answered({ tone: 'bad', happened: here.say('notTakenIn') });
      });
    },
  };
}
