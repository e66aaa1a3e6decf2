import { here } from '../ui/here.ts';
import { Mark, Tick } from '../ui/symbols.tsx';
import type { Saving } from './use-saving.ts';

/** Says beside a setting whether its change was stored. Always there, so that a screen reader hears it change. */
export function Saved({ saving }: { readonly saving: Saving }) {
  return (
    <span class="saved" role="status" data-saving={saving}>
      {saving === 'saved' && (
        <>
          <Tick />
          {here.say('saved')}
        </>
      )}
      {saving === 'failed' && (
        <>
          <Mark />
          {here.say('notSaved')}
        </>
      )}
    </span>
  );
}
