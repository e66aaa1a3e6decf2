import { useEffect, useRef, useState } from 'preact/hooks';
import type { DrillBegun } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { isWaiting, verdictOf } from '../session/drill.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { Fold } from '../ui/fold.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { siteName } from '../ui/site-name.ts';
import { DrillForm, type DrillLogOn } from './drill-form.tsx';
import { drillWords, unfitWords } from './drill-words.ts';

export type CloseDrillProps = {
  readonly face: Face;
  /** Opens a session to be thrown away. */
  readonly logOnForDrill: DrillLogOn;
  /** Takes a session that is open. */
  readonly drillWith: (id: string) => Promise<DrillBegun>;
  readonly endDrill: () => Promise<void>;
};

/** The close drill: leaves a session open on purpose, and shows at the next start what became of it. */
export function CloseDrill({ face, logOnForDrill, drillWith, endDrill }: CloseDrillProps) {
  const { say } = here;
  const { drill, guarding } = face;
  const [said, setSaid] = useState<Saying>();
  const root = useRef<HTMLDivElement>(null);
  // The page that opens by itself at the next start has a result to show, far down.
  useEffect(() => {
    if (drill && !isWaiting(drill)) root.current?.scrollIntoView({ block: 'center' });
  }, []);
  const attempt = async (sent: Promise<Saying | undefined>): Promise<void> => {
    setSaid(undefined);
    setSaid(await sent.catch((): Saying => ({ tone: 'bad', happened: say('notTakenIn') })));
  };
  const take = async (id: string): Promise<Saying | undefined> => {
    const begun = await drillWith(id);
    return begun.is === 'unfit' ? unfitWords(begun.why, say) : undefined;
  };

  return (
    <div class="drill" ref={root} data-drill={drill ? verdictOf(drill).is : 'none'}>
      <h3>{say('drillTitle')}</h3>
      {/* Always there, so that a screen reader hears it change. */}
      <Said saying={drill ? drillWords(drill, guarding, here) : undefined} />
      {drill ? (
        <>
          {isWaiting(drill) && <p>{say(drill.whose === 'drill' ? 'drillThrowAway' : 'drillYours')}</p>}
          <Button does="end-drill" onPress={() => void attempt(endDrill().then(() => undefined))}>
            {say(isWaiting(drill) ? 'drillCallOff' : 'drillPutAway')}
          </Button>
        </>
      ) : (
        <>
          <p>{say('drillWhat')}</p>
          <Takeable sessions={face.sessions} onTake={id => void attempt(take(id))} />
          <Fold title={say('drillLogOn')} does="show-drill-form">
            <DrillForm face={face} logOnForDrill={logOnForDrill} />
          </Fold>
        </>
      )}
      <Said saying={said} />
    </div>
  );
}

type TakeableProps = {
  readonly sessions: readonly SessionView[];
  readonly onTake: (id: string) => void;
};

/** The sessions that a drill can use. A key never ends by itself, and of a private one nothing is written down. */
function Takeable({ sessions, onTake }: TakeableProps) {
  const { say } = here;
  const fit = sessions.filter(
    ({ kind, private: fleeting, state }) => kind === 'session' && !fleeting && state.is === 'open',
  );
  if (fit.length === 0) return null;
  return (
    <div class="buttons">
      {fit.map(({ id, site, person }) => (
        <Button key={id} does="drill-with" onPress={() => onTake(id)}>
          {person
            ? say('drillWithPerson', siteName(site), person.name)
            : say('drillWithSite', siteName(site))}
        </Button>
      ))}
    </div>
  );
}
