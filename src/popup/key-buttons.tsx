import { Confirm } from '../ui/confirm.tsx';
import { here } from '../ui/here.ts';
import type { CardProps } from './session-card.tsx';

/** What can be done about an API key; by itself nothing happens to it. */
export function KeyButtons({ session: { id }, act }: Pick<CardProps, 'session' | 'act'>) {
  const { say } = here;
  return (
    <div class="buttons">
      <Confirm
        label={say('dropKey')}
        question={say('dropKeyAsk')}
        meaning={say('dropKeyMeans')}
        yes={say('dropKeyYes')}
        no={say('cancel')}
        does="drop-key"
        onYes={() => act({ do: 'drop-key', id })}
      />
      <Confirm
        label={say('revokeKey')}
        question={say('revokeKeyAsk')}
        meaning={say('revokeKeyMeans')}
        yes={say('revokeKeyYes')}
        no={say('cancel')}
        does="revoke-key"
        onYes={() => act({ do: 'revoke-key', id })}
      />
    </div>
  );
}
