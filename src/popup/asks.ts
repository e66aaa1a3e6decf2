import type { LoggedOn, Question, TokenTaken } from '../browser/commands.ts';

type Details<Name extends Question['ask']> = Omit<Extract<Question, { ask: Name }>, 'ask' | 'window'>;

/** What the popup can ask the worker, the browser and the window for. */
export type Asks = {
  readonly logOn: (details: Details<'log-on'>) => Promise<LoggedOn>;
  readonly takeToken: (details: Details<'take-token'>) => Promise<TokenTaken>;
  /** Asks for a site's permission again. Called in the click: browsers show their question at no other time. */
  readonly allow: (site: string) => void;
  /** Opens a site's page in a tab, which ends the popup. */
  readonly openSite: (site: string) => void;
  readonly openOptions: () => void;
};
