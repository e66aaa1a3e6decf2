import type { PageName } from '../../../gallery/state.ts';

/** Where the pages lie in the shipped build. */
export const pages: Readonly<Record<PageName, string>> = {
  popup: 'src/popup/popup.html',
  options: 'src/options/options.html',
  welcome: 'src/welcome/welcome.html',
};
