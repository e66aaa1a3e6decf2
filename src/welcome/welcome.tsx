import { render } from 'preact';
import { addSite, send, watchFace } from '../browser/face.ts';
import { ownId, requestGuard } from '../browser/guard-port.ts';
import { requestAccess } from '../browser/permissions.ts';
import { openOptions } from '../browser/runtime.ts';
import { isFirefox } from '../browser/vendor.ts';
import { here, settle } from '../ui/here.ts';
import { WelcomePage } from './welcome-page.tsx';

settle(document, here.say('welcomeTitle'));

watchFace(face => {
  render(
    <WelcomePage
      face={face}
      send={send}
      requestAccess={requestAccess}
      addSite={addSite}
      requestGuard={requestGuard}
      ownId={ownId()}
      openOptions={() => void openOptions()}
      vendor={isFirefox ? 'firefox' : 'chromium'}
    />,
    document.body,
  );
});
