import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { Performer, StartOptions } from './performer.ts';

const extension = fileURLToPath(new URL('../../dist/chrome', import.meta.url));

/** Chromium with the built extension; `*.fogbugz.com` leads to the sandbox, in this browser alone. */
export async function startChromium({ program, profile, headless, port }: StartOptions): Promise<Performer> {
  const browser = await puppeteer.launch({
    executablePath: program,
    headless,
    pipe: true,
    enableExtensions: [extension],
    userDataDir: profile,
    defaultViewport: null,
    acceptInsecureCerts: true,
    args: [
      `--host-resolver-rules=MAP *.fogbugz.com 127.0.0.1:${port}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--ignore-certificate-errors',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
  const process_ = browser.process();
  const ended = new Promise<void>(resolve => process_?.once('exit', () => resolve()));
  const id = await extensionId(browser);

  return {
    async open(url) {
      const page = await browser.newPage();
      await page.goto(url);
      return {
        logOn: (name, password) => logOn(page, name, password),
        close: () => page.close(),
      };
    },
    onTabsLeft(listener) {
      const isFogBugz = (url: string) => new URL(url).hostname.endsWith('.fogbugz.com');
      const listen = async () => {
        const pages = await browser.pages().catch(() => []);
        if (!pages.some(page => URL.canParse(page.url()) && isFogBugz(page.url()))) listener();
      };
      browser.on('targetdestroyed', target => {
        if (target.type() === 'page' && isFogBugz(target.url())) void listen();
      });
    },
    async command(command) {
      const page = await browser.newPage();
      await page.goto(`chrome-extension://${id}/src/options/options.html`);
      await page.evaluate(message => chrome.runtime.sendMessage(message), command);
      await page.close();
    },
    close: () => browser.close(),
    async kill() {
      process_?.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}

declare const chrome: { readonly runtime: { sendMessage(message: object): Promise<void> } };

async function extensionId(browser: Browser): Promise<string> {
  const worker = await browser.waitForTarget(
    target => target.type() === 'service_worker' && target.url().endsWith('/service-worker-loader.js'),
  );
  return new URL(worker.url()).hostname;
}

async function logOn(page: Page, name: string, password: string): Promise<void> {
  await page.type('#sPerson', name);
  await page.type('#sPassword', password);
  await Promise.all([page.waitForNavigation(), page.click('#logOn')]);
}
