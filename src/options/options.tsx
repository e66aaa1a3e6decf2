import { render } from 'preact';
import { addSite, drillWith, logOnForDrill, send, watchFace } from '../browser/face.ts';
import { ownId, requestGuard } from '../browser/guard-port.ts';
import { keepRunning, requestAccess, requestNotices } from '../browser/permissions.ts';
import { openShortcuts, shortcuts } from '../browser/shortcuts.ts';
import { isFirefox } from '../browser/vendor.ts';
import { here, settle } from '../ui/here.ts';
import { OptionsPage } from './options-page.tsx';

settle(document, `${here.say('extensionShortName')} – ${here.say('options')}`);

watchFace(face => {
  render(
    <OptionsPage
      face={face}
      send={send}
      requestAccess={requestAccess}
      requestNotices={requestNotices}
      shortcuts={shortcuts}
      openShortcuts={openShortcuts}
      addSite={addSite}
      requestGuard={requestGuard}
      ownId={ownId()}
      keepRunning={keepRunning}
      logOnForDrill={logOnForDrill}
      drillWith={drillWith}
      vendor={isFirefox ? 'firefox' : 'chromium'}
    />,
    document.body,
  );
});
