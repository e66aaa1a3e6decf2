import { useState } from 'preact/hooks';
import type { HistoryEntry } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { outcomeWords, reasonWords } from '../ui/history-words.ts';
import { siteName } from '../ui/site-name.ts';
import { Dash, Tick } from '../ui/symbols.tsx';

/** How many lines are drawn unless the user asks for the rest. */
const atFirst = 50;

/** The log-offs, newest first. */
export function HistoryTable({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { say, times } = here;
  const [all, setAll] = useState(false);
  const shown = all ? history : history.slice(0, atFirst);

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
          <tbody>
            {shown.map(entry => (
              <Row key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < history.length && (
        <div class="more">
          <span class="muted">
            {say('historyShown', times.number(shown.length), times.number(history.length))}
          </span>
          <Button does="show-all" onPress={() => setAll(true)}>
            {say('historyShowAll')}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ entry }: { readonly entry: HistoryEntry }) {
  const { say, times } = here;
  return (
    <tr>
      <td class="time">{times.stamp(entry.at)}</td>
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
