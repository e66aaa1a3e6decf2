import type { ComponentChildren } from 'preact';
import type { Command } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import type { Settings } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { Door } from '../ui/symbols.tsx';
import { TroubleNotice } from '../ui/trouble-notice.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { Choice } from './choice.tsx';
import { GraceField } from './grace-field.tsx';
import { HistorySection } from './history-section.tsx';
import { ToolbarClick } from './toolbar-click.tsx';

type OptionsPageProps = {
  readonly face: Face;
  readonly send: (command: Command) => Promise<void>;
  readonly vendor: 'chromium' | 'firefox';
};

export function OptionsPage({ face, send, vendor }: OptionsPageProps) {
  const { say } = here;
  const root = useKeptFocus();
  const { settings } = face;
  const change = (change: Partial<Settings>) => send({ do: 'change-settings', change });

  return (
    <main class="options" ref={root} tabIndex={-1} aria-busy={!face.ready}>
      <header class="head">
        <Door />
        <h1>
          {say('extensionShortName')} <span class="muted">{say('options')}</span>
        </h1>
      </header>
      {face.trouble.map(trouble => (
        <TroubleNotice
          key={`${trouble.is} ${trouble.is === 'no-permission' && trouble.site}`}
          trouble={trouble}
        />
      ))}
      {face.ready ? (
        <>
          <Section title={say('whenTitle')}>
            <Choice
              name="lastTab"
              label={say('lastTab')}
              checked={settings.lastTab}
              onChange={lastTab => change({ lastTab })}
            />
            {settings.lastTab && (
              <GraceField
                seconds={settings.graceSeconds}
                onChange={graceSeconds => change({ graceSeconds })}
              />
            )}
            <Choice
              name="browserClose"
              label={say('browserClose')}
              hint={say(settings.browserClose ? 'browserCloseHint' : 'browserCloseOff')}
              checked={settings.browserClose}
              onChange={browserClose => change({ browserClose })}
            />
          </Section>
          <Section title={say('toolbarTitle')}>
            <ToolbarClick
              chosen={settings.toolbarClick}
              onChange={toolbarClick => change({ toolbarClick })}
            />
          </Section>
          <Section title={say('shortcutTitle')}>
            <Shortcut vendor={vendor} />
          </Section>
          <HistorySection
            history={face.history}
            keep={settings.keepHistory}
            onKeep={keepHistory => change({ keepHistory })}
            onClear={() => send({ do: 'clear-history' })}
          />
        </>
      ) : (
        <p class="muted">{say('oneMoment')}</p>
      )}
    </main>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="section">
      <h2>{title}</h2>
      <div class="sheet">{children}</div>
    </section>
  );
}

/** Browsers don't let a page link to their own pages, so the address is there to be copied. */
function Shortcut({ vendor }: Pick<OptionsPageProps, 'vendor'>) {
  const address = vendor === 'firefox' ? 'about:addons' : 'chrome://extensions/shortcuts';
  const words = here.say(vendor === 'firefox' ? 'shortcutFirefox' : 'shortcutChrome', address);
  const [before, after] = words.split(address);
  return (
    <p>
      {before}
      <code>{address}</code>
      {after}
    </p>
  );
}
