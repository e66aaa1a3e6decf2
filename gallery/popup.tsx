import { PopupPage } from '../src/popup/popup-page.tsx';
import { feasible } from '../src/session/settings.ts';
import { callbacksOf } from './callbacks.ts';
import { exhibit } from './show.ts';

exhibit('popup', ({ face, answers, vendor = 'chromium' }) => (
  <PopupPage
    {...callbacksOf(answers)}
    face={{ ...face, settings: feasible(face.settings, vendor) }}
    logOn={async () => answers?.logOn ?? { is: 'logged-on' }}
    takeToken={async () => answers?.takeToken ?? { is: 'taken' }}
    openSite={() => undefined}
  />
));
