export type WelcomePorts = {
  /** Whether this profile has been welcomed. */
  readonly wasShown: () => Promise<boolean>;
  readonly remember: () => Promise<void>;
  readonly open: () => Promise<void>;
};

/**
 * Welcomes somebody who has just installed the extension, once. An unpacked one is "installed" at every start, so it
 * is remembered, and before the page opens: better no welcome than one at every start. Who has had an update has been
 * here before.
 */
export function createWelcome({ wasShown, remember, open }: WelcomePorts) {
  return async (reason: string): Promise<void> => {
    if (await wasShown()) return;
    await remember();
    if (reason === 'install') await open();
  };
}
