import type { State } from './state.ts';
import { drillStates } from './states/drill-states.ts';
import { guardStates } from './states/guard-states.ts';
import { optionsStates } from './states/options-states.ts';
import { popupForms } from './states/popup-forms.ts';
import { popupSessions } from './states/popup-sessions.ts';
import { popupTroubles } from './states/popup-troubles.ts';
import { siteStates } from './states/site-states.ts';
import { welcomeStates } from './states/welcome-states.ts';

/** Every state of every page: for the eye, the pictures, and the tests of accessibility and of boxes. */
export const states: readonly State[] = [
  ...popupSessions,
  ...popupTroubles,
  ...popupForms,
  ...optionsStates,
  ...guardStates,
  ...siteStates,
  ...drillStates,
  ...welcomeStates,
];
