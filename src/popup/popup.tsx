import { render } from 'preact';
import { send, watchFace } from '../browser/face.ts';
import { openOptions } from '../browser/runtime.ts';
import { here, settle } from '../ui/here.ts';
import { PopupPage } from './popup-page.tsx';

settle(document, here.say('extensionShortName'));

const leaveForOptions = (): void => {
  void openOptions().then(() => window.close());
};

watchFace(face => {
  render(<PopupPage face={face} send={send} openOptions={leaveForOptions} />, document.body);
});
