import { render } from 'preact';
import { logOn, send, takeToken, watchFace } from '../browser/face.ts';
import { requestAccess } from '../browser/permissions.ts';
import { openOptions, openPage } from '../browser/runtime.ts';
import { isFirefox } from '../browser/vendor.ts';
import { feasible } from '../session/settings.ts';
import { here, settle } from '../ui/here.ts';
import { PopupPage } from './popup-page.tsx';

settle(document, here.say('extensionShortName'));

const vendor = isFirefox ? 'firefox' : 'chromium';
const leaveFor = (opened: Promise<void>): void => {
  void opened.then(() => window.close());
};

watchFace(face => {
  render(
    <PopupPage
      face={{ ...face, settings: feasible(face.settings, vendor) }}
      send={send}
      logOn={logOn}
      takeToken={takeToken}
      requestAccess={requestAccess}
      openSite={site => leaveFor(openPage(site))}
      openOptions={() => leaveFor(openOptions())}
    />,
    document.body,
  );
});
