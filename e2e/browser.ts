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
  /** Further host names that lead to 127.0.0.1 and keep the URL's own port, over http and https. No wildcards. */
  readonly hosts?: readonly string[];
  /** PEM of the authority that signed the sandbox's certificate. */
  readonly authority: string;
  /** The X display, such as `:99`, with a window manager on it. */
  readonly display: string;
  /** A profile folder to start again on; a new one is made if absent. */
  readonly profile?: string;
  /** The folder of another extension, to have beside ours. */
  readonly beside?: string;
  /** Added to the browser's environment, which native hosts inherit. */
  readonly env?: Readonly<Record<string, string>>;
  /** The browser's own language, as a BCP 47 tag; English if absent. It has to be installed. */
  readonly language?: string;
  /** What the user's system asks of every page: dark ones, the user's own few colours, that nothing moves. */
  readonly asks?: readonly ('dark' | 'forced-colors' | 'reduced-motion')[];
};

/** Starts a browser and resolves once its window is up and the extension's worker has started once. */
export type Launch = (options: LaunchOptions) => Promise<Browser>;

type OpenOptions = {
  /** A container of Firefox, by its `userContextId`; a new profile has 1 to 4. */
  readonly container?: number;
};

export interface Browser {
  readonly name: BrowserName;
  /** Folder of the profile, kept after the end so that `launch({ profile })` starts it again. */
  readonly profile: string;
  readonly pid: number;
  readonly version: string;

  /**
   * Opens a tab in the window that is in front and waits until it has loaded.
   *
   * @throws if a container is wanted of a browser without them.
   */
  openTab(url: string, options?: OpenOptions): Promise<Tab>;
  /** Opens another window with one tab. */
  openWindow(url: string): Promise<Tab>;
  /** Opens a private window with one tab, whether or not the extension may see it. */
  openPrivateWindow(url: string): Promise<Tab>;
  /** The tabs that there are, in no particular order. */
  tabs(): Promise<readonly Tab[]>;

  /** The popup, opened from the toolbar as a user does; resolves when its page has loaded. */
  openPopup(): Promise<Page>;
  /** A click on the toolbar button when it has no popup. */
  clickToolbarButton(): Promise<void>;
  /**
   * Chooses one of the extension's own entries, counted from 0, in the context menu of its toolbar button: with the
   * right and the left mouse button, or with keys alone. Real X events.
   */
  chooseInMenu(entry: number, by: 'mouse' | 'keys'): Promise<void>;
  /**
   * Opens a drop-down list of a page that is in front, by a selector, and picks one of its entries, counted from 0: with the
   * mouse, by real X events.
   */
  chooseInList(page: Page, selector: string, entry: number): Promise<void>;
  /** Opens the options page in a tab. */
  openOptions(): Promise<Page>;
  /** Presses keys in the browser's front window with real X events, such as `ctrl+w` or `alt+shift+l`. */
  press(keys: string): Promise<void>;
  /** Gives a command of the manifest its keys, such as `Alt+Shift+K`, as the browser's own page for them does. */
  setKeys(command: string, keys: string): Promise<void>;

  /**
   * "Allow in Incognito", or "Run in Private Windows". The browser restarts the extension for it; resolves when it runs
   * again.
   */
  allowInPrivateWindows(): Promise<void>;
  /**
   * Takes the access to a site away, as the browser's own page of the extension does. The pattern is one that the
   * manifest requires or that was granted, such as `*://*.fogbugz.com/*`.
   */
  withholdAccess(pattern: string): Promise<void>;
  /** Gives the access back there. */
  grantAccess(pattern: string): Promise<void>;
  /** Waits for the prompt that a page of the extension called up with `permissions.request`, and answers it. */
  answerPrompt(answer: 'allow' | 'deny'): Promise<void>;
  /** Switches the extension off on the browser's own page; resolves when its worker is gone. */
  disableExtension(): Promise<void>;
  /** Switches it on again; resolves when its worker runs. */
  enableExtension(): Promise<void>;
  /** Removes it there, and confirms it. */
  removeExtension(): Promise<void>;

  /** A move of the real mouse: from now on the browser takes the user for present, for a while. */
  stirUser(): Promise<void>;
  /**
   * Locks the screen, as the X server has it. Chromium reports `locked` then; Firefox knows no such state. Input of
   * the real mouse and keyboard unlocks it.
   */
  lockScreen(): Promise<void>;
  unlockScreen(): Promise<void>;

  /** Closes the front window with the window manager's close button (wmctrl -c). Does not wait for the end. */
  closeWindow(): Promise<void>;
  /** Ends the whole browser the way its menu's Quit does. Does not wait for the end. */
  quit(): Promise<void>;
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Resolves when the browser's process is gone, with the time in ms since the epoch. */
  ended(): Promise<number>;
  /**
   * Ends whatever is left of the browser and its helpers, by process id, and removes the profile if it made it. Native
   * hosts that are kept live on as they do when a user starts the browser again.
   */
  dispose(options?: { readonly keep?: 'profile' | 'profile and hosts' }): Promise<void>;

  /** Runs an expression or async function body in the extension's worker (waking it if asleep); JSON in and out. */
  inWorker<T>(functionBody: string, argument?: unknown): Promise<T>;
  /** The same in the worker of the extension beside ours. */
  inOther<T>(functionBody: string, argument?: unknown): Promise<T>;
  /** Ends the worker's process state as the browser does when it is idle. The next event wakes it. */
  killWorker(): Promise<void>;
  /** Whether the worker is running. */
  workerRuns(): Promise<boolean>;
  /** Makes every call of an extension API in the worker hang for ever (as a closing browser does), events excepted. */
  hangBrowserCalls(): Promise<void>;
  /** Reloads the extension while the browser lives, as the extensions page does. */
  reloadExtension(): Promise<void>;
  /** What was copied last, as text. */
  clipboard(): Promise<string>;
  /** Everything that the worker wrote to its console, and its uncaught errors, since the start. */
  console(): readonly string[];
}

export interface Page {
  /** Runs an expression or async function body in the page; JSON out. */
  evaluate<T>(functionBody: string, argument?: unknown): Promise<T>;
  /** Clicks the first element that matches, as a user does. */
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** Chooses a file, by its path, in a control for files. Only the browser's own window for that is left out. */
  chooseFile(selector: string, file: string): Promise<void>;
  text(): Promise<string>;
  /** Waits until the condition (an expression in the page) holds. */
  waitFor(expression: string): Promise<void>;
  /** Takes a picture of the whole page, as PNG; Chromium also as WebP, where the file is called so. */
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
