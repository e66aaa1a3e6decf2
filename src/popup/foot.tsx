import type { Rules } from '../session/settings.ts';
import type { HistoryEntry } from '../session/view.ts';
import type { CrashCover } from '../ui/crash-cover.ts';
import { here } from '../ui/here.ts';
import { lastLine } from '../ui/history-words.ts';
import { Dash, Tick } from '../ui/symbols.tsx';
import { endsAllAtClose, protection } from '../ui/wording.ts';

type FootProps = {
  readonly rules: readonly Rules[];
  /** What ends all of the sessions besides tabs and the browser. */
  readonly also: string | undefined;
  readonly crash: CrashCover;
  /** Whether the user wants it. */
  readonly guard: 'on' | 'off';
  readonly privateWindows: 'allowed' | 'not-allowed';
  /** Who has a say in the settings. */
  readonly setBy: 'user' | 'administrator';
  readonly last: HistoryEntry | undefined;
  readonly openOptions: () => void;
};

/** What is in force, and how the last log-off went. */
export function Foot({ rules, also, crash, guard, privateWindows, setBy, last, openOptions }: FootProps) {
  const { say } = here;
  const atClose = endsAllAtClose(rules);
  return (
    <footer class="foot">
      <div class="in-force">
        <p class={atClose ? 'protection good' : 'protection'}>
          {atClose ? <Tick /> : <Dash />}
          <span>{protection(rules, crash, say)}</span>
        </p>
        <div class="gaps">
          {/* A Guard that is on tells of its troubles itself. */}
          {atClose && guard === 'off' && (
            <button type="button" class="link" data-does="show-guard" onClick={openOptions}>
              {say('crashNotCovered')}
            </button>
          )}
          {privateWindows === 'not-allowed' && (
            <button type="button" class="link" data-does="about-private" onClick={openOptions}>
              {say('privateNotCovered')}
            </button>
          )}
          {setBy === 'administrator' && (
            <button type="button" class="link" data-does="show-managed" onClick={openOptions}>
              {say('popupManaged')}
            </button>
          )}
        </div>
      </div>
      {also && <p class="also">{also}</p>}
      <p class="last" role="status">
        {last && lastLine(last, here)}
      </p>
    </footer>
  );
}
