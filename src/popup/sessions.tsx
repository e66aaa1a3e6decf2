import type { Command } from '../browser/commands.ts';
import type { Guarding } from '../session/guarding.ts';
import { isOpen } from '../session/session.ts';
import type { Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { coverOf } from '../ui/crash-cover.ts';
import { here } from '../ui/here.ts';
import { EmptyDoor } from '../ui/symbols.tsx';
import type { Asks } from './asks.ts';
import { SessionCard } from './session-card.tsx';

type SessionsProps = {
  readonly sessions: readonly SessionView[];
  readonly settings: Settings;
  readonly guarding: Guarding;
  readonly now: number;
  readonly also: 'on-card' | 'below';
  readonly act: (command: Command) => void;
  readonly asks: Asks;
};

/** A card for each session, or that there is none. */
export function Sessions({ sessions, settings, guarding, now, also, act, asks }: SessionsProps) {
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
      <ul class={several ? 'cards close' : 'cards'}>
        {sessions.map(session => (
          <SessionCard
            key={session.id}
            session={session}
            settings={settings}
            crash={coverOf(session, guarding)}
            now={now}
            also={also}
            among={several ? 'several' : 'one'}
            act={act}
            asks={asks}
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

function canBeLoggedOff({ kind, state }: SessionView): boolean {
  return kind !== 'api-key' && isOpen(state);
}
