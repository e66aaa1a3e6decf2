import { fileURLToPath } from 'node:url';
import { launch } from '../../e2e/firefox.ts';
import { until } from '../../e2e/until.ts';
import type { Performer, StartOptions } from './performer.ts';

const extension = fileURLToPath(new URL('../../dist/firefox', import.meta.url));

/** Firefox with the built extension; `*.fogbugz.com` leads to the sandbox, in this profile alone. */
export async function startFirefox(options: StartOptions): Promise<Performer> {
  process.env.FIREFOX = options.program;
  if (options.headless) process.env.MOZ_HEADLESS = '1';
  const browser = await launch({
    extension,
    port: options.port,
    authority: options.authority,
    profile: options.profile,
    display: process.env.DISPLAY ?? ':0',
  });
  const ended = browser.ended().then(() => browser.dispose({ keep: 'profile' }));
  const fogBugzTabs = async (): Promise<number> => {
    const urls = await Promise.all((await browser.tabs()).map(tab => tab.url()));
    return urls.filter(url => URL.canParse(url) && new URL(url).hostname.endsWith('.fogbugz.com')).length;
  };

  return {
    async open(url) {
      const tab = await browser.openTab(url);
      return {
        async logOn(name, password) {
          await tab.type('#sPerson', name);
          await tab.type('#sPassword', password);
          await tab.click('#logOn');
          await until('the page behind the log-on', async () => (await tab.url()).includes('/f/cases'));
        },
        close: () => tab.close(),
      };
    },
    onTabsLeft(listener) {
      let before = 0;
      const timer = setInterval(
        () =>
          void fogBugzTabs().then(
            now => {
              if (before > 0 && now === 0) listener();
              before = now;
            },
            () => undefined, // it is ending
          ),
        100,
      );
      void ended.then(() => clearInterval(timer));
    },
    async command(command) {
      const page = await browser.openOptions();
      await page.evaluate('await browser.runtime.sendMessage(argument)', command);
      await page.close();
    },
    async close() {
      await browser.quit();
      await ended;
    },
    async kill() {
      browser.signal('SIGKILL');
      await ended;
    },
    ended,
  };
}
