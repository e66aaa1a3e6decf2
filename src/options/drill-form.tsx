import type { DrillBegun } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { loggedOnWords } from '../popup/answers.ts';
import { Credentials } from '../popup/credentials.tsx';
import { SiteField } from '../popup/site-field.tsx';
import { useLogOn } from '../popup/use-log-on.ts';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import { Submit } from '../ui/submit.tsx';
import { unfitWords } from './drill-words.ts';

export type DrillLogOn = (details: {
  readonly site: string;
  readonly email: string;
  readonly password: string;
}) => Promise<DrillBegun>;

type DrillFormProps = { readonly face: Face; readonly logOnForDrill: DrillLogOn };

/** Opens the session that a drill throws away. What has begun is shown in this form's place. */
export function DrillForm({ face, logOnForDrill }: DrillFormProps) {
  const { say } = here;
  const { isBusy, answer, credentials, submit } = useLogOn(
    face,
    details => logOnForDrill(details),
    (outcome, site) => {
      if (outcome.is === 'begun') return undefined;
      return outcome.is === 'unfit' ? unfitWords(outcome.why, say) : loggedOnWords(outcome, site, here);
    },
  );

  return (
    <form
      class="form"
      onSubmit={event => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <p class="muted hint">{say('drillLogOnHint')}</p>
      <SiteField sites={face.sites} />
      <Credentials {...credentials} />
      <div class="buttons">
        <Submit does="begin-drill" busy={isBusy}>
          {say(isBusy ? 'loggingOn' : 'drillBegin')}
        </Submit>
      </div>
      <Said saying={answer} />
    </form>
  );
}
