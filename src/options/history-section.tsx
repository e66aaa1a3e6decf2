import { useState } from 'preact/hooks';
import { type HistoryEntry, historyLimit } from '../session/view.ts';
import { Confirm } from '../ui/confirm.tsx';
import { here } from '../ui/here.ts';
import { Notice } from '../ui/notice.tsx';
import { Choice } from './choice.tsx';
import { HistoryChart } from './history-chart.tsx';
import { HistoryView } from './history-view.tsx';

type HistorySectionProps = {
  readonly history: readonly HistoryEntry[];
  /** Whether some of it is kept aside, which is cleared with it. */
  readonly isAside: boolean;
  readonly keep: boolean;
  /** Whether it is kept is set by an administrator. */
  readonly locked: boolean;
  readonly onKeep: (keep: boolean) => Promise<void>;
  readonly onClear: () => Promise<void>;
};

export function HistorySection({ history, isAside, keep, locked, onKeep, onClear }: HistorySectionProps) {
  const { say, times } = here;
  const [cleared, setCleared] = useState<'cleared' | 'failed'>();
  const clear = () =>
    onClear().then(
      () => setCleared('cleared'),
      () => setCleared('failed'),
    );

  return (
    <section class="section history" data-holds-focus tabIndex={-1}>
      <h2 id="history-title">{say('historyTitle')}</h2>
      <div class="sheet">
        <Choice
          name="keepHistory"
          label={say('keepHistory')}
          hint={say('keepHistoryHint', times.number(historyLimit))}
          checked={keep}
          locked={locked}
          onChange={onKeep}
        />
        {history.length > 0 && <HistoryChart history={history} />}
        {(history.length > 0 || isAside) && (
          <Confirm
            label={say('clearHistory')}
            question={say('clearAsk')}
            yes={say('clearYes')}
            no={say('cancel')}
            does="clear-history"
            onYes={() => void clear()}
          />
        )}
        {cleared === 'failed' && <Notice title={say('notTakenIn')} />}
        <p class="unseen" role="status">
          {cleared === 'cleared' && history.length === 0 && say('cleared')}
        </p>
      </div>
      {history.length > 0 ? (
        <HistoryView history={history} />
      ) : (
        <div class="sheet empty">
          <p class="empty-title">{say(keep ? 'historyEmpty' : 'historyOff')}</p>
          {keep && <p class="muted">{say('historyEmptyHint')}</p>}
        </div>
      )}
    </section>
  );
}
