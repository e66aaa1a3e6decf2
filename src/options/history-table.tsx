import { useMemo, useState } from 'preact/hooks';
import type { HistoryEntry } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { outcomeWords, reasonWords } from '../ui/history-words.ts';
import { siteName } from '../ui/site-name.ts';
import { Dash, Tick } from '../ui/symbols.tsx';
import { useGrowing } from '../ui/use-growing.ts';

/** How many lines are drawn unless the user asks for the rest, and then with each frame of the screen. */
const atOnce = 50;

/** The log-offs, newest first. */
export function HistoryTable({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { say, times } = here;
  const [all, setAll] = useState(false);
  // Made once for each history: what is the same as before is not drawn again.
  const parts = useMemo(() => inParts(history), [history]);
  const drawn = useGrowing(all ? parts.length : 1, 1, 1);
  const shown = Math.min(drawn * atOnce, history.length);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="sheet table" aria-labelledby="history-title" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('columnTime')}</th>
              <th scope="col">{say('columnSite')}</th>
              <th scope="col">{say('columnTrigger')}</th>
              <th scope="col">{say('columnOutcome')}</th>
              <th scope="col" class="count">
                {say('columnAttempts')}
              </th>
              <th scope="col" class="count">
                {say('columnTook')}
              </th>
              <th scope="col">{say('columnProof')}</th>
            </tr>
          </thead>
          {parts.slice(0, drawn)}
        </table>
      </section>
      {shown < history.length && !all && (
        <div class="more">
          <span class="muted">{say('historyShown', times.number(shown), times.number(history.length))}</span>
          <Button does="show-all" onPress={() => setAll(true)}>
            {say('historyShowAll')}
          </Button>
        </div>
      )}
    </>
  );
}

function inParts(history: readonly HistoryEntry[]) {
  return Array.from({ length: Math.ceil(history.length / atOnce) }, (_, index) => (
    <Rows key={index} entries={history.slice(index * atOnce, (index + 1) * atOnce)} />
  ));
}

function Rows({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  return (
    <tbody>
      {entries.map(entry => (
        <Row key={entry.id} entry={entry} />
      ))}
    </tbody>
  );
}

function Row({ entry }: { readonly entry: HistoryEntry }) {
  const { say, times } = here;
  return (
    <tr>
      <td class="time">{dateInOnePiece(times.stamp(entry.at))}</td>
      <td class="site">
        <bdi>{siteName(entry.site)}</bdi>
        {entry.person && <span class="muted person">{entry.person}</span>}
      </td>
      <td class="begins-large">{reasonWords(entry, say)}</td>
      <td class="begins-large">{outcomeWords(entry, say)}</td>
      <td class="count">{times.number(entry.attempts)}</td>
      <td class="count">
        <bdi>{times.took(entry.ms)}</bdi>
      </td>
      <td>
        <span class={entry.confirmed ? 'proof good' : 'proof muted'}>
          {entry.confirmed ? <Tick /> : <Dash />}
          <span>{say(entry.confirmed ? 'confirmed' : 'notConfirmed')}</span>
        </span>
      </td>
    </tr>
  );
}

/** Where a stamp is too long for a line, it breaks before the time, and not within `11 mars 2026`. */
function dateInOnePiece(stamp: string): string {
  return stamp.replace(/ (?=.*\d{4})/g, '\u00a0');
}
