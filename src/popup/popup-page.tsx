import { useState } from 'preact/hooks';
import type { Command } from '../browser/commands.ts';
import type { Face, Trouble } from '../browser/face.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Notice } from '../ui/notice.tsx';
import { Door, EmptyDoor, Gear } from '../ui/symbols.tsx';
import { TroubleNotice } from '../ui/trouble-notice.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { useNow } from '../ui/use-now.ts';
import { Announcer } from './announcer.tsx';
import { Foot } from './foot.tsx';
import { paceOf } from './pace.ts';
import { SessionCard } from './session-card.tsx';

type PopupPageProps = {
  readonly face: Face;
  readonly send: (command: Command) => Promise<void>;
  readonly openOptions: () => void;
};

export function PopupPage({ face, send, openOptions }: PopupPageProps) {
  const { say } = here;
  const [lost, setLost] = useState(false);
  const now = useNow(paceOf(face.sessions));
  const root = useKeptFocus();
  const sessions = face.sessions.toSorted((a, b) => a.since - b.since);
  const act = (command: Command): void => {
    setLost(false);
    send(command).catch(() => setLost(true));
  };

  return (
    <main class="popup" ref={root} tabIndex={-1} aria-busy={!face.ready}>
      <header class="head">
        <Door />
        <h1>{say('extensionShortName')}</h1>
        <button
          type="button"
          class="icon-button"
          data-does="open-options"
          aria-label={say('openOptions')}
          title={say('openOptions')}
          onClick={openOptions}
        >
          <Gear />
        </button>
      </header>
      {lost && <Notice title={say('notTakenIn')} />}
      {face.trouble.filter(unsaid(sessions)).map(trouble => (
        <TroubleNotice
          key={`${trouble.is} ${trouble.is === 'no-permission' && trouble.site}`}
          trouble={trouble}
        />
      ))}
      {face.ready ? (
        <Sessions sessions={sessions} face={face} now={now} act={act} />
      ) : (
        <p class="waiting">{say('oneMoment')}</p>
      )}
      {face.ready && <Foot settings={face.settings} last={face.history[0]} />}
      <Announcer sessions={face.ready ? face.sessions : undefined} now={now} />
    </main>
  );
}

type SessionsProps = {
  readonly sessions: readonly SessionView[];
  readonly face: Face;
  readonly now: number;
  readonly act: (command: Command) => void;
};

function Sessions({ sessions, face, now, act }: SessionsProps) {
  const { say } = here;
  if (sessions.length === 0) {
    return (
      <div class="empty">
        <EmptyDoor />
        <h2>{say('noSession')}</h2>
        <p>{say('noSessionHint')}</p>
      </div>
    );
  }
  const several = sessions.filter(canBeLoggedOff).length > 1;
  return (
    <>
      <ul class="cards">
        {sessions.map(session => (
          <SessionCard
            key={session.id}
            session={session}
            settings={face.settings}
            now={now}
            among={several ? 'several' : 'one'}
            act={act}
          />
        ))}
      </ul>
      {several && (
        <div class="everywhere">
          <Button look="main" does="log-off-everywhere" onPress={() => act({ do: 'log-off-everywhere' })}>
            {say('logOffEverywhere')}
          </Button>
        </div>
      )}
    </>
  );
}

/** A card that tells of the missing permission itself needs no notice above it. */
function unsaid(sessions: readonly SessionView[]) {
  return (trouble: Trouble): boolean =>
    trouble.is !== 'no-permission' ||
    !sessions.some(
      ({ site, state }) =>
        site === trouble.site && state.is === 'owed' && state.obstacle?.is === 'not-permitted',
    );
}

function canBeLoggedOff({ kind, state }: SessionView): boolean {
  return kind !== 'api-key' && (state.is === 'open' || state.is === 'counting-down');
}
