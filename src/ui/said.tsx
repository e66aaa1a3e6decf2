import type { Saying } from './saying.ts';
import { Mark, Tick } from './symbols.tsx';

/** Says what became of a request. Always there, so that a screen reader hears it change. */
export function Said({ saying }: { readonly saying: Saying | undefined }) {
  return (
    <div class="said" role="status" data-tone={saying?.tone}>
      {saying?.tone === 'good' && <Tick />}
      {saying?.tone === 'bad' && <Mark />}
      {saying && (
        <div>
          <p class="said-happened">{saying.happened}</p>
          {saying.advice && <p>{saying.advice}</p>}
        </div>
      )}
    </div>
  );
}
