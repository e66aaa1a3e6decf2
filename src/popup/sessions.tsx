import type { Command } from '../browser/commands.ts';
import type { Guarding } from '../session/guarding.ts';
import { isOpen } from '../session/session.ts';
import type { Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { coverOf } from '../ui/crash-cover.ts';
import { here } from '../ui/here.ts';
import { EmptyDoor } from '../ui/symbols.tsx';
import { useGrowing } from '../ui/use-growing.ts';
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

/** Cards that are drawn at once, twice what a popup of 600 px shows; and how many more with each frame. */
const atFirst = 12;
const step = 50;

/** A card for each session, or that there is none. */
export function Sessions({ sessions, settings, guarding, now, also, act, asks }: SessionsProps) {
  const { say } = here;
  const drawn = useGrowing(sessions.length, atFirst, step);
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
        {sessions.slice(0, drawn).map(session => (
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
