/**
 * A real browser with the shipped build in it, as the end-to-end tests see one. `chromium.ts` and `firefox.ts`
 * implement it; a test is written once and runs in both.
 */
export type BrowserName = 'chromium' | 'firefox';

export type LaunchOptions = {
  /** The folder of the build to install, unchanged: `dist/chrome` or `dist/firefox`. */
  readonly extension: string;
  /** Where `https://*.fogbugz.com` and `https://*.manuscript.com` really lead: the sandbox's port on 127.0.0.1 (TLS). */
  readonly port: number;
  /** PEM of the authority that signed the sandbox's certificate. */
  readonly authority: string;
  /** The X display, such as `:99`, with a window manager on it. */
  readonly display: string;
  /** A profile folder to start again on; a new one is made if absent. */
  readonly profile?: string;
};

/** Starts a browser and resolves once its window is up and the extension's worker has started once. */
export type Launch = (options: LaunchOptions) => Promise<Browser>;

export interface Browser {
  readonly name: BrowserName;
  /** Folder of the profile, kept after the end so that `launch({ profile })` starts it again. */
  readonly profile: string;
  readonly pid: number;
  readonly version: string;

  /** Opens a tab in the window that is in front (or in the given tab's window) and waits until it has loaded. */
  openTab(url: string): Promise<Tab>;
  /** Opens another window with one tab. */
  openWindow(url: string): Promise<Tab>;
  /** The tabs that there are, in no particular order. */
  tabs(): Promise<readonly Tab[]>;

  /** The popup, opened from the toolbar as a user does; resolves when its page has loaded. */
  openPopup(): Promise<Page>;
  /** A click on the toolbar button when it has no popup. */
  clickToolbarButton(): Promise<void>;
  /** Opens the options page in a tab. */
  openOptions(): Promise<Page>;
  /** Presses keys in the browser's front window with real X events, such as `ctrl+w` or `alt+shift+l`. */
  press(keys: string): Promise<void>;

  /** Closes the front window with the window manager's close button (wmctrl -c). Does not wait for the end. */
  closeWindow(): Promise<void>;
  /** Ends the whole browser the way its menu's Quit does. Does not wait for the end. */
  quit(): Promise<void>;
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Resolves when the browser's process is gone, with the time in ms since the epoch. */
  ended(): Promise<number>;
  /** Ends whatever is left of the browser and its helpers, by process id, and removes the profile if it made it. */
  dispose(options?: { readonly keepProfile: boolean }): Promise<void>;

  /** Runs an expression or async function body in the extension's worker (waking it if asleep); JSON in and out. */
  inWorker<T>(functionBody: string, argument?: unknown): Promise<T>;
  /** Ends the worker's process state as the browser does when it is idle. The next event wakes it. */
  killWorker(): Promise<void>;
  /** Whether the worker is running. */
  workerRuns(): Promise<boolean>;
  /** Makes every call of an extension API in the worker hang for ever (as a closing browser does), events excepted. */
  hangBrowserCalls(): Promise<void>;
  /** Reloads the extension while the browser lives, as the extensions page does. */
  reloadExtension(): Promise<void>;
  /** Everything that the worker wrote to its console, and its uncaught errors, since the start. */
  console(): readonly string[];
}

export interface Page {
  /** Runs an expression or async function body in the page; JSON out. */
  evaluate<T>(functionBody: string, argument?: unknown): Promise<T>;
  /** Clicks the first element that matches, as a user does. */
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  text(): Promise<string>;
  /** Waits until the condition (an expression in the page) holds. */
  waitFor(expression: string): Promise<void>;
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface Tab extends Page {
  /** The extension API's id of the tab. */
  readonly id: number;
  url(): Promise<string>;
  /** Goes to an address and waits until it has loaded. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Drags it out: moves it to a new window of its own. */
  moveToNewWindow(): Promise<void>;
  /** Unloads it, as a browser short of memory does; the tab stays in the strip. */
  discard(): Promise<void>;
  bringToFront(): Promise<void>;
}
