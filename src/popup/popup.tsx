import { render } from 'preact';
import { logOn, send, takeToken, watchFace } from '../browser/face.ts';
import { requestAccess } from '../browser/permissions.ts';
import { openOptions, openPage } from '../browser/runtime.ts';
import { isFirefox } from '../browser/vendor.ts';
import { here, settle } from '../ui/here.ts';
import { PopupPage } from './popup-page.tsx';

settle(document, here.say('extensionShortName'));

const vendor = isFirefox ? 'firefox' : 'chromium';
const leaveFor = (opened: Promise<void>): void => {
  void opened.then(() => window.close());
};
// The same ones at each drawing, so that nothing is drawn anew because of them.
const openSite = (site: string): void => leaveFor(openPage(site));
const leaveForOptions = (): void => leaveFor(openOptions());

watchFace(face => {
  render(
    <PopupPage
      face={face}
      vendor={vendor}
      send={send}
      logOn={logOn}
      takeToken={takeToken}
      requestAccess={requestAccess}
      openSite={openSite}
      openOptions={leaveForOptions}
    />,
    document.body,
  );
});
