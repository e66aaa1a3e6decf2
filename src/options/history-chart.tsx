import { useMemo } from 'preact/hooks';
import type { HistoryEntry } from '../session/view.ts';
import { Fold } from '../ui/fold.tsx';
import { here } from '../ui/here.ts';
import { chartDays, countOf, type Day, daysOf } from './history-days.ts';

/** In the units of the drawing, which is stretched to the width that there is. */
const slot = 10;
const bar = 7;
const height = 48;
/** So that one log-off is seen beside many. */
const leastBar = 3;
/** So that one log-off alone does not look like many. */
const leastScale = 4;

/** What was logged off in the last thirty days: bars, the same in words, and as a table. */
export function HistoryChart({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { say, times } = here;
  // A page that stays open over midnight draws the new day with the next change.
  const days = useMemo(() => daysOf(history, Date.now()), [history]);
  const count = days.reduce((sum, day) => sum + countOf(day), 0);
  const confirmed = days.reduce((sum, day) => sum + day.confirmed, 0);
  const most = Math.max(...days.map(countOf));
  const [first, last] = [days[0], days.at(-1)];
  const numbers = [times.number(count), times.number(confirmed), times.number(most)] as const;

  return (
    <figure class="chart">
      <figcaption>{say('chartTitle', times.number(chartDays))}</figcaption>
      <svg
        role="img"
        aria-label={say('chartWords', ...numbers)}
        viewBox={`0 0 ${chartDays * slot} ${height}`}
        preserveAspectRatio="none"
      >
        {days.map((day, index) => (
          <Bar
            key={day.from}
            day={day}
            x={index * slot + (slot - bar) / 2}
            scale={Math.max(most, leastScale)}
          />
        ))}
      </svg>
      <div class="chart-ends muted" aria-hidden="true">
        <span>{first && times.day(first.from)}</span>
        <span>{last && times.day(last.from)}</span>
      </div>
      <div class="chart-key" aria-hidden="true">
        <span class="proven">{say('confirmed')}</span>
        <span class="unproven">{say('notConfirmed')}</span>
        <span class="muted">{say('chartMost', times.number(most))}</span>
      </div>
      {count > 0 && (
        <Fold title={say('chartTable')} does="chart-table" look="aside">
          <DayTable days={days} />
        </Fold>
      )}
    </figure>
  );
}

function Bar({ day, x, scale }: { readonly day: Day; readonly x: number; readonly scale: number }) {
  const { times } = here;
  const tall = (count: number): number => (count === 0 ? 0 : Math.max(leastBar, (count / scale) * height));
  // Both pieces keep their least height: a day's one log-off that was not proven is what to look for.
  const unproven = Math.min(tall(day.unconfirmed), height - (day.confirmed > 0 ? leastBar : 0));
  const proven = Math.min(tall(day.confirmed), height - unproven);
  return (
    <g>
      <title>{`${times.day(day.from)}: ${times.number(countOf(day))}`}</title>
      <rect class="no-bar" x={x} y={height - 1} width={bar} height={1} />
      <rect class="proven" x={x} y={height - proven} width={bar} height={proven} />
      <rect class="unproven" x={x} y={height - proven - unproven} width={bar} height={unproven} />
    </g>
  );
}

function DayTable({ days }: { readonly days: readonly Day[] }) {
  const { say, times } = here;
  return (
    <table class="days">
      <thead>
        <tr>
          <th scope="col">{say('columnDay')}</th>
          <th scope="col" class="count begins-large">
            {say('confirmed')}
          </th>
          <th scope="col" class="count begins-large">
            {say('notConfirmed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {days
          .filter(day => countOf(day) > 0)
          .reverse()
          .map(({ from, confirmed, unconfirmed }) => (
            <tr key={from}>
              <th scope="row">{times.day(from)}</th>
              <td class="count">{times.number(confirmed)}</td>
              <td class="count">{times.number(unconfirmed)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
