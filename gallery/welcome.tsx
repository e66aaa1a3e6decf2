import { WelcomePage } from '../src/welcome/welcome-page.tsx';
import { callbacksOf } from './callbacks.ts';
import { exhibit } from './show.ts';

exhibit('welcome', ({ face, answers, vendor = 'chromium' }) => (
  <WelcomePage {...callbacksOf(answers)} face={face} vendor={vendor} />
));
