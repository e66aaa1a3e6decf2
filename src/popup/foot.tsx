import type { Settings } from '../session/settings.ts';
import type { HistoryEntry } from '../session/view.ts';
import { here } from '../ui/here.ts';
import { Dash, Tick } from '../ui/symbols.tsx';
import { lastLine, protection } from '../ui/wording.ts';

type FootProps = { readonly settings: Settings; readonly last: HistoryEntry | undefined };

/** What is in force, and how the last log-off went. */
export function Foot({ settings, last }: FootProps) {
  return (
    <footer class="foot">
      <p class={settings.browserClose ? 'good' : undefined}>
        {settings.browserClose ? <Tick /> : <Dash />}
        <span>{protection(settings, here.say)}</span>
      </p>
      <p class="last" role="status">
        {last && lastLine(last, here)}
      </p>
    </footer>
  );
}
