import { here } from '../ui/here.ts';
import { Padlock } from '../ui/symbols.tsx';

/** Why a setting can't be changed. */
export function Locked({ id }: { readonly id: string }) {
  return (
    <p class="muted hint locked" id={id} data-locked>
      <Padlock />
      <span>{here.say('locked')}</span>
    </p>
  );
}
