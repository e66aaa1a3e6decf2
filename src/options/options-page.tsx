import type { Command, SimpleSettings } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { here } from '../ui/here.ts';
import { Door } from '../ui/symbols.tsx';
import { SetAside } from '../ui/trouble-notice.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import type { AddSiteProps } from './add-site.tsx';
import { HistorySection } from './history-section.tsx';
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
  ShortcutsProps & {
    readonly face: Face;
    readonly send: (command: Command) => Promise<void>;
    readonly requestNotices: () => Promise<boolean>;
  };

export function OptionsPage(props: OptionsPageProps) {
  const { face, send, requestAccess, requestNotices, addSite, shortcuts, openShortcuts, vendor } = props;
  const { say } = here;
  const root = useKeptFocus();
  const { settings } = face;
  const change = (change: Partial<SimpleSettings>) => send({ do: 'change-settings', change });

  return (
    <main class="options" ref={root} tabIndex={-1} aria-busy={!face.ready}>
      <header class="head">
        <Door />
        <h1>
          {say('extensionShortName')} <span class="muted">{say('options')}</span>
        </h1>
      </header>
      {face.trouble.map(
        // A permission that is missing is told beside its site.
        trouble => trouble.is === 'set-aside' && <SetAside key={trouble.is} count={trouble.count} />,
      )}
      {face.ready ? (
        <>
          <Section title={say('whenTitle')}>
            <Presets settings={settings} onChange={change} vendor={vendor} />
            <RulesFields rules={settings} onChange={change} vendor={vendor} />
          </Section>
          <SitesSection
            face={face}
            send={send}
            requestAccess={requestAccess}
            addSite={addSite}
            vendor={vendor}
          />
          <PrivateWindows privateWindows={face.privateWindows} vendor={vendor} />
          <Section title={say('toolbarTitle')}>
            <ToolbarClick
              chosen={settings.toolbarClick}
              onChange={toolbarClick => change({ toolbarClick })}
            />
          </Section>
          <Section title={say('noticesTitle')}>
            <NoticesChoice
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
            keep={settings.keepHistory}
            onKeep={keepHistory => change({ keepHistory })}
            onClear={() => send({ do: 'clear-history' })}
          />
          <Leaving sessions={face.sessions} onLogOff={() => send({ do: 'log-off-everywhere' })} />
        </>
      ) : (
        <p class="muted">{say('oneMoment')}</p>
      )}
    </main>
  );
}
