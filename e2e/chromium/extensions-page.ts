/**
 * `chrome://extensions`, where a user decides what extensions may do. Each time a hidden one, so that no tab comes
 * or goes.
 */
import * as v from 'valibot';
import { until } from '../until.ts';
import { type Devtools, evaluate } from './devtools.ts';

type ExtensionsPage = {
  /** Allows an extension in incognito windows, for which Chromium restarts it. Tells whether it has to. */
  allowInIncognito(id: string): Promise<'restarts' | 'was-allowed'>;
  grantAccess(id: string, pattern: string): Promise<void>;
  withholdAccess(id: string, pattern: string): Promise<void>;
  /** What its page for shortcuts does: keys such as `Alt+Shift+K`. */
  setKeys(id: string, command: string, keys: string): Promise<void>;
  enable(id: string): Promise<void>;
  disable(id: string): Promise<void>;
  /** Asks for the removal, which Chromium asks the user to confirm; resolves with the answer. */
  remove(id: string): Promise<'removed' | 'kept'>;
};

const incognitoAccess = v.object({ isActive: v.boolean() });

export function extensionsPage(devtools: Devtools): ExtensionsPage {
  const on = async (body: string, argument: unknown): Promise<unknown> => {
    const { targetId } = await devtools.send('Target.createTarget', {
      url: 'chrome://extensions/',
      hidden: true,
    });
    const inPage = async (script: string) => {
      const page = (await devtools.targets()).find(target => target.targetId === targetId);
      if (!page) throw new Error('The hidden chrome://extensions is gone');
      return devtools.attached(page, session => evaluate<unknown>(session, script, argument));
    };
    try {
      await until('chrome://extensions', () =>
        inPage(`document.readyState === 'complete' && Boolean(chrome.developerPrivate)`),
      );
      return await inPage(body);
    } finally {
      await devtools.send('Target.closeTarget', { targetId });
    }
  };
  const tell = async (body: string, argument: unknown) => {
    await on(body, argument);
  };

  return {
    async allowInIncognito(id) {
      const info = await on('(await chrome.developerPrivate.getExtensionInfo(argument)).incognitoAccess', id);
      if (v.parse(incognitoAccess, info).isActive) return 'was-allowed';
      const change = { extensionId: id, incognitoAccess: true };
      await tell('await chrome.developerPrivate.updateExtensionConfiguration(argument)', change);
      return 'restarts';
    },
    grantAccess: (id, pattern) =>
      tell('await chrome.developerPrivate.addHostPermission(...argument)', [id, pattern]),
    withholdAccess: (id, pattern) =>
      tell('await chrome.developerPrivate.removeHostPermission(...argument)', [id, pattern]),
    setKeys: (extensionId, commandName, keybinding) =>
      tell('await chrome.developerPrivate.updateExtensionCommand(argument)', {
        extensionId,
        commandName,
        keybinding,
      }),
    enable: id => tell('await chrome.management.setEnabled(argument, true)', id),
    disable: id => tell('await chrome.management.setEnabled(argument, false)', id),
    async remove(id) {
      const answer = await on(
        `await chrome.management.uninstall(argument, { showConfirmDialog: true })
           .then(() => 'removed', () => 'kept')`,
        id,
      );
      return v.parse(v.picklist(['removed', 'kept']), answer);
    },
  };
}
