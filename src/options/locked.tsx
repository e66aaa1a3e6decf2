import { here } from '../ui/here.ts';

/** Why a setting can't be changed. */
export function Locked({ id }: { readonly id: string }) {
  return (
    <p class="muted hint" id={id} data-locked>
      {here.say('locked')}
    </p>
  );
}
