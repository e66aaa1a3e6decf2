import { useRef, useState } from 'preact/hooks';
import type { DrillBegun } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { loggedOnWords, unreachableWords } from '../popup/answers.ts';
import { chosenSite } from '../popup/chosen-site.ts';
import { Credentials } from '../popup/credentials.tsx';
import { SiteField } from '../popup/site-field.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { Submit } from '../ui/submit.tsx';
import { textOf } from '../ui/text-of.ts';
import { unfitWords } from './drill-words.ts';

export type DrillLogOn = (details: {
  readonly site: string;
  readonly email: string;
  readonly password: string;
}) => Promise<DrillBegun>;

type Standing =
  | { readonly is: 'busy' }
  | { readonly is: 'ambiguous'; readonly people: readonly string[] }
  | { readonly is: 'answered'; readonly saying: Saying };

type DrillFormProps = { readonly face: Face; readonly logOnForDrill: DrillLogOn };

/** Opens the session that a drill throws away. The password is in its field and nowhere else. */
export function DrillForm({ face, logOnForDrill }: DrillFormProps) {
  const { say } = here;
  const password = useRef<HTMLInputElement>(null);
  const [standing, setStanding] = useState<Standing>();
  const answered = (saying: Saying) => setStanding({ is: 'answered', saying });

  const clearPassword = (): void => {
    if (password.current) password.current.value = '';
  };
  const logOn = async (form: HTMLFormElement): Promise<void> => {
    const chosen = chosenSite({ site: textOf(form, 'site'), address: textOf(form, 'address') }, face);
    if (chosen.is !== 'site') return answered(unreachableWords(chosen, here));
    const site = chosen.base;
    setStanding({ is: 'busy' });
    const answer = await logOnForDrill({
      site,
      email: textOf(form, 'person') || textOf(form, 'email').trim(),
      password: textOf(form, 'password'),
    });
    // The password is still wanted: the same form goes out again, with the name that is chosen.
    if (answer.is === 'ambiguous' && answer.people.length > 0) return setStanding(answer);
    clearPassword();
    // What has begun is shown in this form's place.
    if (answer.is === 'begun') return;
    answered(answer.is === 'unfit' ? unfitWords(answer.why, say) : loggedOnWords(answer, site, here));
    password.current?.focus();
  };

  return (
    <form
      class="form"
      onSubmit={event => {
        event.preventDefault();
        if (standing?.is === 'busy') return;
        logOn(event.currentTarget).catch(() => {
          clearPassword();
          answered({ tone: 'bad', happened: say('notTakenIn') });
        });
      }}
    >
      <p class="muted hint">{say('drillLogOnHint')}</p>
      <SiteField sites={face.sites} />
      <Credentials
        people={standing?.is === 'ambiguous' ? standing.people : []}
        onEmail={() => standing?.is === 'ambiguous' && setStanding(undefined)}
        password={password}
      />
      <div class="buttons">
        <Submit does="begin-drill" busy={standing?.is === 'busy'}>
          {say(standing?.is === 'busy' ? 'loggingOn' : 'drillBegin')}
        </Submit>
      </div>
      <Said saying={standing?.is === 'answered' ? standing.saying : undefined} />
    </form>
  );
}
