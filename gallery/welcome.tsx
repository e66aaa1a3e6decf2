import { WelcomePage } from '../src/welcome/welcome-page.tsx';
import { callbacksOf } from './callbacks.ts';
import { exhibit } from './show.ts';

exhibit('welcome', ({ answers, vendor = 'chromium' }) => {
  const callbacks = callbacksOf(answers);
  return face => (
    <WelcomePage {...callbacks} face={face} ownId="abcdefghijklmnopabcdefghijklmnop" vendor={vendor} />
  );
});
