import type { ComponentChildren } from 'preact';
import type { Command } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { AddSite, type AddSiteProps } from '../options/add-site.tsx';
import { GuardInstall } from '../options/guard-install.tsx';
import { GuardState } from '../options/guard-state.tsx';
import { GuardSwitch } from '../options/guard-switch.tsx';
import { Presets, presetWords } from '../options/presets.tsx';
import { presetOf } from '../session/presets.ts';
import { lockedIn } from '../session/settings.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Door, Tick } from '../ui/symbols.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';

type WelcomePageProps = Omit<AddSiteProps, 'sites'> & {
  readonly face: Face;
  readonly send: (command: Command) => Promise<void>;
  readonly openOptions: () => void;
  readonly requestGuard: () => Promise<boolean>;
  /** The extension's. */
  readonly ownId: string;
  readonly vendor: 'chromium' | 'firefox';
};

/** Three things to look at once. Each is good as it stands, so that nobody has to. */
export function WelcomePage(props: WelcomePageProps) {
  const { face, send, requestAccess, addSite, openOptions, requestGuard, ownId, vendor } = props;
  const { say } = here;
  const root = useKeptFocus();
  const preset = presetOf(face.settings);
  const locked = lockedIn(face.managed);

  return (
    <main class="options welcome" ref={root} tabIndex={-1}>
      <header class="head">
        <Door />
        <h1>{say('welcomeTitle')}</h1>
        <p class="lead">{say('welcomeLead')}</p>
      </header>
      <ol class="steps">
        <Step number={1} title={say('welcomeSite')}>
          <p class="works">
            <Tick />
            <span>{say('welcomeSiteOnDemand')}</span>
          </p>
          <AddSite sites={face.sites} requestAccess={requestAccess} addSite={addSite} />
        </Step>
        <Step number={2} title={say('welcomeCare')}>
          <Presets
            settings={face.settings}
            locked={locked}
            onChange={change => send({ do: 'change-settings', change })}
            vendor={vendor}
          />
        </Step>
        <Step number={3} title={say('welcomeGuard')}>
          <p>{say('welcomeGuardMeans')}</p>
          <GuardSwitch
            on={face.settings.guard}
            locked={locked.includes('guard')}
            requestGuard={requestGuard}
            onChange={guard => send({ do: 'change-settings', change: { guard } })}
          />
          {face.settings.guard && (
            <GuardState sessions={face.sessions} guarding={face.guarding} requestGuard={requestGuard} />
          )}
          <GuardInstall ownId={ownId} />
          <p class="muted">{say('welcomeGuardWhere')}</p>
        </Step>
      </ol>
      <section class="sheet set" data-holds-focus tabIndex={-1} aria-labelledby="set-title">
        <h2 id="set-title">
          <Tick />
          {say('welcomeSet')}
        </h2>
        <ul class="points">
          <li>{say('welcomeNextLogOn')}</li>
          <li>{say('welcomeNextButton')}</li>
          <li>{preset ? presetWords(preset, vendor, say).hint : say('welcomeNextOwn')}</li>
        </ul>
        <p>{say('welcomeClose')}</p>
        <Button does="open-options" onPress={openOptions}>
          {say('openOptions')}
        </Button>
      </section>
    </main>
  );
}

type StepProps = {
  readonly number: number;
  readonly title: string;
  readonly children: ComponentChildren;
};

function Step({ number, title, children }: StepProps) {
  return (
    <li class="step" data-holds-focus tabIndex={-1}>
      <h2>
        <span class="number" aria-hidden="true">
          {here.times.number(number)}
        </span>
        {title}
      </h2>
      <div class="sheet">{children}</div>
    </li>
  );
}
