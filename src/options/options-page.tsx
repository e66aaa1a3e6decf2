import type { Command, SimpleSettings } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { lockedIn } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { Notice } from '../ui/notice.tsx';
import { Door } from '../ui/symbols.tsx';
import { SetAside } from '../ui/trouble-notice.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import type { AddSiteProps } from './add-site.tsx';
import { Backup } from './backup.tsx';
import { CheckUpSection } from './check-up-section.tsx';
import type { CloseDrillProps } from './close-drill.tsx';
import { GuardSection } from './guard-section.tsx';
import { HistorySection } from './history-section.tsx';
import { KeepRunning } from './keep-running.tsx';
import { Leaving } from './leaving.tsx';
import { NoticesChoice } from './notices-choice.tsx';
import { Presets } from './presets.tsx';
import { PrivateWindows } from './private-windows.tsx';
import { RulesFields } from './rules-fields.tsx';
import { Section } from './section.tsx';
import { Shortcuts, type ShortcutsProps } from './shortcuts.tsx';
import { SitesSection } from './sites-section.tsx';
import { ToolbarClick } from './toolbar-click.tsx';

type OptionsPageProps = Omit<AddSiteProps, 'sites'> &
  ShortcutsProps &
  Pick<CloseDrillProps, 'logOnForDrill' | 'drillWith'> & {
    readonly face: Face;
    readonly send: (command: Command) => Promise<void>;
    readonly requestNotices: () => Promise<boolean>;
    /** Asks the browser in this very turn; rejects if it left everything as it was. */
    readonly keepRunning: (on: boolean) => Promise<void>;
    readonly requestGuard: () => Promise<boolean>;
    /** The extension's. */
    readonly ownId: string;
  };

export function OptionsPage(props: OptionsPageProps) {
  const { face, send, requestAccess, requestNotices, requestGuard, keepRunning, ownId, addSite } = props;
  const { shortcuts, openShortcuts, vendor, logOnForDrill, drillWith } = props;
  const { say } = here;
  const root = useKeptFocus();
  const { settings } = face;
  const locked = lockedIn(face.managed);
  const change = (change: Partial<SimpleSettings>) => send({ do: 'change-settings', change });

  return (
    <main class="options" ref={root} tabIndex={-1}>
      <header class="head">
        <Door />
        <h1>
          {say('extensionShortName')} <span class="muted">{say('options')}</span>
        </h1>
      </header>
      {face.trouble.map(
        // A permission that is missing is told beside its site.
        trouble => trouble.is !== 'no-permission' && <SetAside key={trouble.is} trouble={trouble} />,
      )}
      {face.policySlips.map(name => (
        <Notice key={name} title={say('policySlip', name)}>
          {say('policySlipAdvice')}
        </Notice>
      ))}
      {face.sync === 'too-large' && <Notice title={say('syncTooLarge')}>{say('syncTooLargeAdvice')}</Notice>}
      <Section title={say('whenTitle')}>
        <Presets settings={settings} locked={locked} onChange={change} vendor={vendor} />
        <RulesFields rules={settings} locked={locked} onChange={change} vendor={vendor} />
      </Section>
      <KeepRunning isOn={face.keepsRunning} onChange={keepRunning} vendor={vendor} />
      <SitesSection face={face} send={send} requestAccess={requestAccess} addSite={addSite} vendor={vendor} />
      <GuardSection
        face={face}
        requestGuard={requestGuard}
        onChange={guard => change({ guard })}
        onTest={() => send({ do: 'try-guard' })}
        ownId={ownId}
      />
      <CheckUpSection
        face={face}
        vendor={vendor}
        logOnForDrill={logOnForDrill}
        drillWith={drillWith}
        endDrill={() => send({ do: 'end-drill' })}
      />
      <PrivateWindows privateWindows={face.privateWindows} vendor={vendor} />
      <Section title={say('toolbarTitle')}>
        <ToolbarClick
          chosen={settings.toolbarClick}
          locked={locked.includes('toolbarClick')}
          onChange={toolbarClick => change({ toolbarClick })}
        />
      </Section>
      <Section title={say('noticesTitle')}>
        <NoticesChoice
          locked={locked.includes('notices')}
          chosen={settings.notices}
          notices={face.notices}
          onChange={notices => change({ notices })}
          requestNotices={requestNotices}
          vendor={vendor}
        />
      </Section>
      <Section title={say('shortcutTitle')}>
        <Shortcuts shortcuts={shortcuts} openShortcuts={openShortcuts} vendor={vendor} />
      </Section>
      <HistorySection
        history={face.history}
        isAside={face.trouble.some(one => one.is === 'history-aside')}
        keep={settings.keepHistory}
        locked={locked.includes('keepHistory')}
        onKeep={keepHistory => change({ keepHistory })}
        onClear={() => send({ do: 'clear-history' })}
      />
      <Backup
        settings={face.chosen}
        managed={face.managed}
        onImport={settings => send({ do: 'import-settings', settings })}
      />
      <Leaving sessions={face.sessions} onLogOff={() => send({ do: 'log-off-everywhere' })} />
    </main>
  );
}
