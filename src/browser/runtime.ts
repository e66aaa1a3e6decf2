import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import type { Command, Question } from './commands.ts';
import { commandSchema, questionSchema } from './schemas.ts';
import { isFirefox } from './vendor.ts';

/**
 * Commands and questions of our own pages. Whatever else reaches the worker is refused: there is no content script to
 * listen to.
 */
export function onMessage(
  obey: (command: Command) => Promise<void>,
  answer: (question: Question) => Promise<unknown>,
): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const ours = sender.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL(''));
    const command = v.safeParse(commandSchema, message);
    if (ours && command.success) return obey(command.output);
    const question = v.safeParse(questionSchema, message);
    if (ours && question.success) return answer(question.output);
    return Promise.reject(new Error('The extension does not know this command.'));
  });
}

/** Installed, updated, or, for an unpacked extension, started: which is reported as `install` too. */
export function onInstalled(listener: (reason: Runtime.OnInstalledReason) => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => listener(reason));
}

/** The browser starts, and wakes the worker. */
export function onStartup(listener: () => void): void {
  browser.runtime.onStartup.addListener(listener);
}

/** A new version is downloaded and waits until the worker goes idle or reloads itself. */
export function onUpdateAvailable(listener: () => void): void {
  browser.runtime.onUpdateAvailable.addListener(listener);
}

export function reload(): void {
  browser.runtime.reload();
}

/** Firefox forgets an add-on that was loaded by hand as it closes; Chromium keeps it. Needs no permission. */
export async function isInstalledForGood(): Promise<boolean> {
  if (!isFirefox) return true;
  return (await browser.management.getSelf()).installType !== 'development';
}

export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

export async function openWelcome(): Promise<void> {
  await openPage(browser.runtime.getURL(welcome));
}

const welcome = 'src/welcome/welcome.html';

/** Those of our pages that a tab can show. */
export type OwnPage = 'options' | 'welcome';

/** Which of them the user has just turned something on in: the welcome, if a tab shows that one alone. */
export async function pageInUse(): Promise<OwnPage> {
  const tabs = await browser.runtime.getContexts({ contextTypes: ['TAB'] });
  const shown = tabs.map(({ documentUrl }) => documentUrl?.replace(/[?#].*$/, ''));
  const isWelcome = (url: string | undefined): boolean => url === browser.runtime.getURL(welcome);
  return shown.length > 0 && shown.every(isWelcome) ? 'welcome' : 'options';
}

/** Costs next to nothing and counts as activity, which keeps a worker awake for another 30 s. */
export async function stir(): Promise<void> {
  await browser.runtime.getPlatformInfo();
}

/** Opens an address in a tab in front. */
export async function openPage(url: string): Promise<void> {
  await browser.tabs.create({ url });
}
