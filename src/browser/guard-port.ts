import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { type GuardReply, type GuardRequest, hostName, replySchema } from '../guard-messages.ts';

/** A line to the Guard. Native messaging keeps a worker awake as long as it is open. */
export type GuardLine = {
  readonly send: (request: GuardRequest) => void;
  readonly close: () => void;
};

/** Whether the user lets the extension talk to programs of this computer. */
export async function isGuardPermitted(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['nativeMessaging'] });
}

/**
 * Whether this worker has the function for it. Chromium gives the functions of a permission that is granted later to
 * the contexts that begin later: the worker that was there when the user agreed never gets it.
 */
export function canConnectGuard(): boolean {
  return typeof browser.runtime.connectNative === 'function';
}

/** Shows the browser's own question. To be called in the user's click, before anything is waited for. */
export async function requestGuard(): Promise<boolean> {
  return browser.permissions.request({ permissions: ['nativeMessaging'] });
}

/**
 * Has the browser start the Guard. A Guard that is not installed shows as a line that ends before a word was said on it.
 * `gone` is told once, and not after `close`.
 */
export function connectGuard(heard: (reply: GuardReply) => void, gone: () => void): GuardLine {
  const port = browser.runtime.connectNative(hostName);
  port.onMessage.addListener((message: unknown) => {
    const reply = v.safeParse(replySchema, message);
    if (reply.success) heard(reply.output);
    else console.error('The Guard said something that nobody understands');
  });
  port.onDisconnect.addListener(() => {
    // Chromium wants the reason read; "not found" and "exited" are the same to everybody here.
    void browser.runtime.lastError;
    gone();
  });
  return {
    send: request => port.postMessage(request),
    close: () => port.disconnect(),
  };
}

/** How long a Guard may take to start and answer, in ms: what the last run left waits for it. */
const answersWithinMs = 3_000;

/**
 * Which process the browser is, by the Guard's word: the same name means the same run. `undefined` where nobody can tell.
 * It is no hello: to the Guard before this one the extension has not come back yet.
 */
export async function askWhichBrowser(): Promise<string | undefined> {
  if (!canConnectGuard()) return undefined;
  const asked = new Promise<string | undefined>(resolve => {
    const answered = (run?: string): void => {
      clearTimeout(timer);
      line.close();
      resolve(run);
    };
    const line = connectGuard(
      reply => answered(reply.is === 'browser' ? reply.run : undefined),
      () => answered(),
    );
    const timer = setTimeout(answered, answersWithinMs);
    line.send({ do: 'which-browser' });
  });
  // Firefox leaves the function there when the permission is gone, and throws.
  return asked.catch(() => undefined);
}

/** By which the Guard tells this extension from others. A store gives it one of its own. */
export const ownId = (): string => browser.runtime.id;

/** The extension's own version, for people. */
export const ownVersion = (): string => browser.runtime.getManifest().version;
