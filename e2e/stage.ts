/** What a story plays on: a sandbox FogBugz and a real browser with the shipped build, and the words of the domain. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Certificate } from '../sandbox/certificate.ts';
import { everybodys } from '../sandbox/people.ts';
import { type Sandbox, type SandboxOptions, startSandbox, type TokenLife } from '../sandbox/sandbox.ts';
import type { Browser, BrowserName, Launch, Page, Tab } from './browser.ts';
import { launch as launchChromium } from './chromium.ts';
import { launch as launchFirefox } from './firefox.ts';
import { createScanner } from './scanner.ts';
import type { Leak } from './secrets.ts';
import { until } from './until.ts';
import { watched } from './watched.ts';

export const launchers: Record<BrowserName, Launch> = { chromium: launchChromium, firefox: launchFirefox };

/** The folder of the shipped build, as `npm run build` leaves it. */
export const buildOf = (name: BrowserName): string =>
  fileURLToPath(new URL(`../dist/${name === 'chromium' ? 'chrome' : 'firefox'}`, import.meta.url));

/** A session in the browser: the page that logged on, and its token. */
type LoggedOn = { readonly tab: Tab; readonly token: string };

export type Stage = {
  readonly sandbox: Sandbox;
  /** The browser that runs now. */
  readonly browser: Browser;
  /** Starts another FogBugz, without TLS unless told otherwise. `logOnAt` logs on to it. */
  plainSandbox(options?: Partial<SandboxOptions>): Promise<Sandbox>;
  /** Logs on as a user does, on the site's own page, and waits until the extension has made a session of it. */
  logOn(site: string, options?: LogOnOptions): Promise<LoggedOn>;
  /** Logs on and leaves the page on screen without waiting for the extension. */
  logOnPage(site: string, options?: LogOnOptions): Promise<LoggedOn>;
  /** Fills the site's log-on page in and leaves its button to be pressed. */
  atLogOn(site: string): Promise<AtLogOn>;
  /** As `logOnPage`, at a host of any sandbox, such as one of `hosts`. */
  logOnAt(sandbox: Sandbox, host: string, options?: LogOnOptions): Promise<LoggedOn>;
  /** Waits until the server holds the token for dead; tells its life. */
  dead(token: string): Promise<TokenLife>;
  /** The token's life as it is now, in whichever sandbox it was made. */
  life(token: string): TokenLife;
  /** Waits until the extension has nothing left to do for any session: every log-off is answered and confirmed. */
  settled(): Promise<void>;
  /** Waits until the extension's worker holds a warm connection to the site. */
  warm(site: string): Promise<void>;
  changeSettings(change: Record<string, unknown>): Promise<void>;
  popup(): Promise<Page>;
  history(): Promise<readonly HistoryLine[]>;
  sessions(): Promise<readonly SessionLine[]>;
  /** Waits for the browser's end and starts it again on the same profile, with a build of the same extension. */
  restart(options?: { readonly extension?: string }): Promise<Browser>;
  /** A password of everybody's that no other story has, so that it can be told from any other text. */
  readonly password: string;
  /** The user permits notices; from now on the words of each are looked at. */
  permitNotices(): Promise<void>;
  /** From now on the words of each notice are looked at; to be called in each worker that may show some. */
  readNotices(): Promise<void>;
  /** Looks for secrets where the browser that runs now could have put them, and in the files of folders. */
  lookForSecrets(...folders: readonly string[]): Promise<void>;
  /** Ends everything. Gives the secrets that stood, at any time, where none may. */
  strike(): Promise<readonly Leak[]>;
};

/** A log-on page that is filled in. */
type AtLogOn = {
  readonly tab: Tab;
  /** Presses its button; resolves when the press is through, whatever comes of it. */
  press(): Promise<void>;
  /** The token that came of it, once there is one. */
  token(): string | undefined;
};

type LogOnOptions = {
  readonly email?: string;
  readonly remember?: boolean;
  /** In this tab instead of a new one. */
  readonly tab?: Tab;
  readonly window?: boolean;
};

type HistoryLine = {
  readonly site: string;
  readonly trigger: string;
  readonly outcome: string;
  readonly confirmed: boolean;
  readonly attempts: number;
  readonly ms: number;
  readonly ended?: string;
};
type SessionLine = {
  readonly id: string;
  readonly site: string;
  readonly since: number;
  readonly staysOnce: boolean;
  readonly state: { readonly is: string };
};

export type StageOptions = {
  readonly display: string;
  readonly certificate: Certificate;
  readonly extension?: string;
  readonly sandbox?: Partial<SandboxOptions>;
  /** Further host names that lead here; see `LaunchOptions`. The certificate has to name those that are to have TLS. */
  readonly hosts?: readonly string[];
  /** See `LaunchOptions`. */
  readonly beside?: string;
  /** `none`: an extension that is not ours and opens no welcome. */
  readonly welcome?: 'none';
  /** Another way to get a browser with the extension in it; `profile` is set when it is started again. */
  readonly launch?: Launch;
};

/** `https://acme.fogbugz.com/…`: every site of the sandbox is reached under a public name, over TLS. */
export const pageOf = (site: string, path = ''): string => `https://${site}.fogbugz.com/${path}`;

/** A first start opens the welcome, which a user reads and closes; the stories begin after that. */
async function welcomed(browser: Browser): Promise<Browser> {
  try {
    const page = await until('the welcome', () => tabWith(browser, 'welcome'));
    await page.waitFor('document.querySelector(".set") !== null');
    await page.close();
    return browser;
  } catch (error) {
    await browser.dispose();
    throw error;
  }
}

/** The tab with a page of the extension's in it, if there is one. A tab that is just going shows none. */
export async function tabWith(browser: Browser, page: 'options' | 'welcome'): Promise<Tab | undefined> {
  for (const tab of await browser.tabs()) {
    const url = await tab.url().catch(() => '');
    if (url.endsWith(`/${page}.html`)) return tab;
  }
  return undefined;
}

export async function setStage(name: BrowserName, options: StageOptions): Promise<Stage> {
  const { display, certificate, hosts = [], launch = launchers[name] } = options;
  const sandbox = await startSandbox({ tls: 'http/1.1', certificate, ...options.sandbox });
  const sandboxes = [sandbox];
  const password = `${everybodys}${randomUUID()}`;
  const scanner = createScanner(sandboxes, [password]);
  let answers = (): boolean => true;
  const start = async (extension: string, profile?: string): Promise<Browser> => {
    const launched = await launch({
      extension,
      port: sandbox.port,
      authority: sandbox.authority,
      display,
      hosts,
      ...(options.beside === undefined ? {} : { beside: options.beside }),
      ...(profile === undefined ? {} : { profile }),
    });
    const seen = watched(launched, scanner.page);
    answers = seen.answers;
    return seen.browser;
  };
  const extension = options.extension ?? buildOf(name);
  let browser: Browser;
  try {
    const started = await start(extension);
    browser = options.welcome === 'none' ? started : await welcomed(started);
  } catch (error) {
    await sandbox.stop();
    throw error;
  }

  const life = (token: string): TokenLife => {
    const found = sandboxes.map(one => one.life(token)).find(known => known !== undefined);
    if (!found) throw new Error('The sandbox has never seen this token');
    return found;
  };
  const asked = (command: string, token: string): boolean =>
    sandboxes
      .flatMap(one => one.requests())
      .some(request => request.command === command && request.token === token && request.status);
  const stored = <T>(area: 'local' | 'session'): Promise<T> =>
    browser.inWorker<T>(`return (globalThis.browser ?? chrome).storage.${area}.get(null)`);

  const fillIn = async (
    one: Sandbox,
    base: string,
    { email = 'ada@example.com', remember = false, tab, window = false }: LogOnOptions = {},
  ): Promise<AtLogOn> => {
    const url = base + one.switches().logOnPage.replace(/^\//, '');
    const page = tab ?? (await (window ? browser.openWindow(url) : browser.openTab(url)));
    if (tab) await tab.goto(url);
    const before = new Set(one.tokens().map(({ token }) => token));
    await page.type('[name=sPerson]', email);
    await page.type('[name=sPassword]', password);
    if (remember) await page.click('[type=checkbox]');
    return {
      tab: page,
      press: () => page.click('#logOn'),
      token: () => one.tokens().find(({ token, via }) => !before.has(token) && via === 'web')?.token,
    };
  };

  const logOnBy = async (one: Sandbox, base: string, how?: LogOnOptions): Promise<LoggedOn> => {
    const { tab, press, token: born } = await fillIn(one, base, how);
    await press();
    const token = await until('the web log-on to make a token', born);
    await until('the page behind the log-on', async () => (await tab.url()).includes('/f/cases'));
    await tab.waitFor('document.title.includes("Cases")');
    return { tab, token };
  };

  const stage: Stage = {
    sandbox,
    get browser() {
      return browser;
    },
    life,

    async plainSandbox(more) {
      const further = await startSandbox({ certificate, ...more });
      sandboxes.push(further);
      return further;
    },
    atLogOn: site => fillIn(sandbox, pageOf(site)),
    logOnPage: (site, how) => logOnBy(sandbox, pageOf(site), how),
    logOnAt: (one, host, how) => logOnBy(one, one.siteUrl(host), how),
    async logOn(site, how) {
      const session = await stage.logOnPage(site, how);
      await until(`the extension to adopt the session at ${site}`, () => asked('viewPerson', session.token));
      return session;
    },
    async dead(token) {
      await until('the token to be dead on the server', () => life(token).diedAt !== undefined, {
        ms: 60_000,
      });
      return life(token);
    },
    async settled() {
      await until('every log-off to be answered and confirmed', async () =>
        (await stage.sessions()).every(({ state }) => state.is === 'open'),
      );
    },
    async warm(site) {
      const host = `${site}.fogbugz.com`;
      await until(`a warm connection to ${host}`, () =>
        sandbox
          .requests()
          .some(({ command, host: to, status }) => command === 'discovery' && to === host && status === 200),
      );
    },
    async changeSettings(change) {
      const options = await browser.openOptions();
      await options.evaluate(
        `await (globalThis.browser ?? chrome).runtime.sendMessage({ do: 'change-settings', change: argument })`,
        change,
      );
      await options.close();
    },
    popup: () => browser.openPopup(),
    password,
    async permitNotices() {
      await browser.answerPrompt('allow');
      await until('the permission', () =>
        browser.inWorker('return Boolean((globalThis.browser ?? chrome).notifications)'),
      );
      await scanner.notices(browser);
    },
    readNotices: () => scanner.notices(browser),
    async lookForSecrets(...folders) {
      await scanner.live(browser, answers());
      for (const folder of folders) await scanner.files(folder);
    },
    async history() {
      const { history = [] } = await stored<{ history?: HistoryLine[] }>('local');
      return history;
    },
    async sessions() {
      const all = Object.entries(await stored<Record<string, SessionLine>>('local'));
      return all.flatMap(([key, value]) => (key.startsWith('session:') ? [value] : []));
    },
    async restart({ extension: other = extension } = {}) {
      const { profile } = browser;
      await browser.ended();
      // What it has said goes with it.
      scanner.leaks(browser);
      await browser.dispose({ keep: 'profile and hosts' });
      browser = await start(other, profile);
      return browser;
    },
    async strike() {
      const { profile } = browser;
      await scanner.live(browser, answers());
      await browser.dispose({ keep: 'profile' });
      for (const one of sandboxes) await one.stop();
      await scanner.files(profile);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      return scanner.leaks(browser);
    },
  };
  return stage;
}
