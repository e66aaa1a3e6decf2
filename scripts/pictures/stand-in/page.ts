/**
 * Comes before a page's own script where pictures are taken: has the clock stand, answers in the browser's place what it
 * says of permissions, and does what the state's user has done.
 */
import type { Browser } from 'webextension-polyfill';
import { now } from '../../../gallery/faces.ts';
import type { PageName, State } from '../../../gallery/state.ts';
import { aFrame, leaveOnly, seenOf, take } from '../../../gallery/steps.ts';
import type { Face } from '../../../src/browser/face.ts';
import { originsOf } from '../../../src/browser/origins.ts';
import { type Exhibit, exhibitKey, stateOf, stateQuery } from './exhibit.ts';
import { count, replace, settled } from './replace.ts';
import { storedOf } from './stored.ts';

declare const browser: Browser | undefined;
declare const chrome: Browser;
declare global {
  interface Window {
    standIn: {
      /** Writes what a page that is loaded next is to show. */
      put(exhibit: Exhibit): Promise<void>;
      /**
       * Brings the state about, in the page that has just been loaded; gives where it is to be seen, in CSS pixels.
       *
       * @throws if anything went wrong in the page.
       */
      pose(): Promise<ReturnType<typeof seenOf>>;
      /** Makes the window so wide, inside. */
      widen(px: number): Promise<void>;
    };
  }
}

/** What went wrong in this page: it would show another state than is wanted. */
const troubles: unknown[] = [];
addEventListener('error', ({ message }) => troubles.push(message));
addEventListener('unhandledrejection', ({ reason }) => troubles.push(reason));

const api = typeof browser === 'undefined' ? chrome : browser;
const query = new URLSearchParams(location.search).get(stateQuery);
const shown = query === null ? undefined : stateOf({ page: pageHere(), name: query });
if (shown) standIn(shown);

window.standIn = {
  async put(exhibit) {
    await Promise.all([api.storage.local.clear(), api.storage.session.clear()]);
    await api.storage.session.set({ [exhibitKey]: exhibit });
    await write(stateOf(exhibit).face);
  },
  async pose() {
    if (!shown) throw new RangeError('No state is shown');
    const { face, steps = [], about } = shown;
    // A scroll bar would take of the width; and a caret is there or not, from one picture to the next.
    Object.assign(document.documentElement.style, { scrollbarWidth: 'none', caretColor: 'transparent' });
    await settled();
    for (const step of steps) {
      await take(step, changes => become({ ...face, ...changes }));
      await settled();
    }
    if (about) leaveOnly(about);
    scrollTo(0, 0);
    await aFrame();
    if (troubles.length > 0) throw new Error(`${shown.name}: ${troubles.join('; ')}`);
    return seenOf(document, about !== undefined);
  },
  async widen(px) {
    const { id = 0, width = 0 } = await api.windows.getCurrent();
    await api.windows.update(id, { width: width + px - innerWidth });
    while (innerWidth !== px) await aFrame();
  },
};

function pageHere(): PageName {
  const [, name] = /(\w+)\.html$/.exec(location.pathname) ?? [];
  if (name === 'popup' || name === 'options' || name === 'welcome') return name;
  throw new RangeError(`${name} is none of the pages`);
}

async function write(face: Face): Promise<void> {
  const { local, session } = storedOf(face);
  await Promise.all([api.storage.local.set({ ...local }), api.storage.session.set({ ...session })]);
}

/** The page hears of it in the same moment as we do, and begins to read. */
async function become(face: Face): Promise<void> {
  const heard = new Promise<void>(resolve => api.storage.onChanged.addListener(() => resolve()));
  await write(face);
  await heard;
}

type Asked = { readonly permissions?: readonly string[]; readonly origins?: readonly string[] };

/** What is waited for, and what the browser says that the storage does not. */
function standIn({ face, answers = {} }: State): void {
  Date.now = () => now;
  count(api.runtime, 'sendMessage');
  count(api.storage.local, 'get');
  count(api.storage.session, 'get');
  count(api.windows, 'getCurrent');

  const withheld = face.trouble.flatMap(one => (one.is === 'no-permission' ? originsOf(one.site) : []));
  const granted: Readonly<Record<string, boolean>> = {
    background: face.keepsRunning,
    notifications: face.notices === 'allowed',
  };
  replace(api.permissions, 'contains', ({ permissions = [], origins = [] }: Asked) => {
    return permissions.every(name => granted[name]) && !origins.some(origin => withheld.includes(origin));
  });
  replace(api.permissions, 'request', () => answers.permission !== 'denied');
  replace(api.permissions, 'remove', () => true);
  replace(api.extension, 'isAllowedIncognitoAccess', () => face.privateWindows === 'allowed');
  if (browserIsFirefox())
    replace(api.management, 'getSelf', () => ({
      installType: face.installed === 'for-good' ? 'normal' : 'development',
    }));
  if (answers.shortcutPage === 'refused') {
    const refuse = (): never => {
      throw new Error('Illegal URL');
    };
    if (browserIsFirefox()) replace(api.commands, 'openShortcutSettings', refuse);
    else replace(api.tabs, 'create', refuse);
  }
  // Browsers let a page copy in a real click only.
  replace(navigator.clipboard, 'writeText', async () => {
    if (answers.clipboard === 'denied') throw new DOMException('Not now', 'NotAllowedError');
  });
}

function browserIsFirefox(): boolean {
  return location.protocol === 'moz-extension:';
}
