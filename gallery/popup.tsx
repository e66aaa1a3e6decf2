import { PopupPage } from '../src/popup/popup-page.tsx';
import { callbacksOf } from './callbacks.ts';
import { exhibit } from './show.ts';

exhibit('popup', ({ answers, vendor = 'chromium' }) => {
  const callbacks = {
    ...callbacksOf(answers),
    logOn: async () => answers?.logOn ?? ({ is: 'logged-on' } as const),
    takeToken: async () => answers?.takeToken ?? ({ is: 'taken' } as const),
    openSite: () => undefined,
  };
  return face => <PopupPage {...callbacks} face={face} vendor={vendor} />;
});
