import { useMemo, useState } from 'preact/hooks';
import type { HistoryEntry } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { saveFile } from '../ui/save-file.ts';
import { csvName, historyCsv } from './history-csv.ts';
import { filterHistory, isNarrow, noFilter } from './history-filter.ts';
import { HistoryFilterFields } from './history-filter-fields.tsx';
import { HistoryTable } from './history-table.tsx';

/** The history, narrowed to what the user looks for, to be read or to be taken away. */
export function HistoryView({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { say, times } = here;
  const [filter, setFilter] = useState(noFilter);
  const narrow = isNarrow(filter);
  const found = useMemo(() => filterHistory(history, filter, say), [history, filter]);
  const save = (): void => saveFile(csvName(new Date()), 'text/csv;charset=utf-8', historyCsv(found, say));

  return (
    <>
      <div class="over-table">
        <HistoryFilterFields history={history} filter={filter} onChange={setFilter} />
        <div class="buttons">
          <Button does="export-history" onPress={save}>
            {say('exportCsv')}
          </Button>
          {narrow && (
            <Button does="reset-filter" look="quiet" onPress={() => setFilter(noFilter)}>
              {say('filterReset')}
            </Button>
          )}
          <span class="muted" role="status">
            {narrow && say('filterFound', times.number(found.length), times.number(history.length))}
          </span>
        </div>
      </div>
      {found.length > 0 ? (
        // Another search begins at its top again.
        <HistoryTable key={JSON.stringify(filter)} history={found} />
      ) : (
        <div class="sheet empty">
          <p class="empty-title">{say('filterNothing')}</p>
        </div>
      )}
    </>
  );
}
