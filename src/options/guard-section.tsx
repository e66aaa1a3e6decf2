import type { Face } from '../browser/face.ts';
import { lockedIn } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { GuardInstall } from './guard-install.tsx';
import { GuardState } from './guard-state.tsx';
import { GuardSwitch } from './guard-switch.tsx';
import { GuardTest } from './guard-test.tsx';

type GuardSectionProps = {
  readonly face: Face;
  readonly requestGuard: () => Promise<boolean>;
  readonly onChange: (guard: boolean) => Promise<void>;
  readonly onTest: () => Promise<void>;
  /** The extension's. */
  readonly ownId: string;
};

/** The companion program that outlives the browser: whether it is wanted, and how things stand with it. */
export function GuardSection({ face, requestGuard, onChange, onTest, ownId }: GuardSectionProps) {
  const { say } = here;
  const { sessions, settings, guarding } = face;
  return (
    <section class="section" data-guard={guarding.is} data-holds-focus tabIndex={-1}>
      <h2>{say('guardTitle')}</h2>
      <div class="sheet">
        <p>{say('guardWhat')}</p>
        <GuardSwitch
          on={settings.guard}
          locked={lockedIn(face.managed).includes('guard')}
          requestGuard={requestGuard}
          onChange={onChange}
        />
        <GuardState sessions={sessions} guarding={guarding} requestGuard={requestGuard} />
        {settings.guard && <GuardTest sessions={sessions} guarding={guarding} onTest={onTest} />}
        <GuardInstall ownId={ownId} />
      </div>
    </section>
  );
}
