import { useState } from 'preact/hooks';
import type { Settings } from '../session/settings.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import type { Say } from '../ui/language.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { Radios } from './radios.tsx';
import { useSaving } from './use-saving.ts';

type Notices = Settings['notices'];
type NoticesChoiceProps = {
  readonly chosen: Notices;
  /** Whether the browser shows them. */
  readonly notices: 'allowed' | 'not-allowed';
  readonly onChange: (chosen: Notices) => Promise<void>;
  readonly requestNotices: () => Promise<boolean>;
  readonly vendor: 'chromium' | 'firefox';
  readonly locked: boolean;
};

/** Which notices the browser shows. The first that are wanted need the browser's permission. */
export function NoticesChoice(props: NoticesChoiceProps) {
  const { chosen, notices, onChange, requestNotices, vendor, locked } = props;
  const { say } = here;
  const { shown, change, saving } = useSaving(chosen, onChange);
  const [denied, setDenied] = useState(false);

  const allowed = (then: () => void): void => {
    setDenied(false);
    if (notices === 'allowed') return then();
    // Before anything is waited for: browsers ask their user only in the click itself.
    requestNotices().then(
      yes => (yes ? then() : setDenied(true)),
      () => setDenied(true),
    );
  };
  const choose = (value: Notices): void => {
    if (value !== 'none') return allowed(() => change(value));
    setDenied(false);
    change(value);
  };

  const missing = shown !== 'none' && notices === 'not-allowed';

  return (
    <>
      <Radios
        name="notices"
        locked={locked}
        legend={say('notices')}
        offers={[
          { value: 'none', label: say('noticesNone'), hint: say('noticesNoneHint') },
          { value: 'problems', label: say('noticesProblems'), hint: say('noticesProblemsHint') },
          { value: 'all', label: say('noticesAll'), hint: say('noticesAllHint') },
        ]}
        chosen={shown}
        onChoose={choose}
        saving={saving}
      />
      <Said saying={denied ? refusal(missing, say) : undefined} />
      {/* The button stays when the answer is no: who presses it by keys keeps the focus, and can ask again. */}
      {missing && (
        <>
          {!denied && <p class="complaint">{say('noticesNotAllowed')}</p>}
          <Button does="allow-notices" onPress={() => allowed(() => undefined)}>
            {say('allowAgain')}
          </Button>
        </>
      )}
      <p class="muted hint">{say(vendor === 'firefox' ? 'noticesFirefox' : 'noticesContents')}</p>
    </>
  );
}

/** The browser's user has said no. Where a button offers to ask again, it needs no words of its own. */
function refusal(isOffered: boolean, say: Say): Saying {
  const happened = say('noticesDenied');
  return { tone: 'bad', happened, ...(!isOffered && { advice: say('noticesDeniedAdvice') }) };
}
