import type { Mistake } from '../../simulation/bundles.ts';

export const invariants: Readonly<Record<string, Mistake>> = {
  '2: a check goes out while one is in flight': {
    file: 'src/session/transition.ts',
    find: "if (state.attempt.is === 'in-flight' || state.attempt.until > at) return same(session);",
    replace: "if (state.attempt.is !== 'in-flight' && state.attempt.until > at) return same(session);",
  },
  '3: what is open is owed at every start': {
    file: 'src/background/background.ts',
    find: "sameRun ? 'worker-started' : 'run-over'",
    replace: "sameRun ? 'run-over' : 'run-over'",
  },
  '3: a key has a countdown': {
    file: 'src/session/transition.ts',
    find: "if (!rules.lastTab || session.kind === 'api-key') return only(session, left);",
    replace: 'if (!rules.lastTab) return only(session, left);',
  },
  '4: a token serialises as itself': {
    file: 'src/token.ts',
    find: "toJSON(): string {\n    return '••••';",
    replace: 'toJSON(): string {\n    return this.reveal();',
  },
  '4: a token is a property': {
    file: 'src/token.ts',
    find: '    values.set(this, value);',
    replace: '    values.set(this, value);\n    Object.assign(this, { value });',
  },
  '4: a token stands in the address': {
    file: 'src/fogbugz/request.ts',
    find: '    url: endpoint,\n',
    replace: "    url: endpoint + '?' + new URLSearchParams(values),\n",
  },
  '5: the closing request carries cookies': {
    file: 'src/browser/line.ts',
    find: "credentials: 'omit',\n  redirect",
    replace: "credentials: 'include',\n  redirect",
  },
  '5: the closing request follows redirects': {
    file: 'src/browser/line.ts',
    find: "redirect: 'error'",
    replace: "redirect: 'follow'",
  },
  '5: the beacon goes to a site that redirects': {
    file: 'src/browser/line.ts',
    find: ' && !site.redirected) sendBeacon',
    replace: ') sendBeacon',
  },
  '6: an alarm wakes nobody': {
    file: 'src/background/worker.ts',
    find: 'onAlarm(background.due);',
    replace: '',
  },
  '6: tabs are listened to later': {
    file: 'src/background/worker.ts',
    find: 'listenToTabs(background.tabs);',
    replace: 'void Promise.resolve().then(() => listenToTabs(background.tabs));',
  },
  '6: cookies are listened to later': {
    file: 'src/background/worker.ts',
    find: 'onTokenCookieChanged(background.cookieChanged);',
    replace: 'setTimeout(() => onTokenCookieChanged(background.cookieChanged), 0);',
  },
  '6: nothing is started': {
    file: 'src/background/worker.ts',
    find: 'void background.start();',
    replace: '',
  },
  '6: what another worker left in flight is waited for': {
    file: 'src/session/transition.ts',
    find: "if (isOpen(state) || state.attempt.is === 'waiting') return same(session);",
    replace: 'if (isOpen(state) || state.attempt.is) return same(session);',
  },
  '7: private records go to the disk': {
    file: 'src/browser/storage.ts',
    find: 'session.private ? memory : disk',
    replace: 'disk',
  },
  '7: the dead of private windows go to the disk': {
    file: 'src/background/background.ts',
    find: 'deadTokens(fleeting)?.add(tokens, now())',
    replace: 'deadTokens(false)?.add(tokens, now())',
  },
  '7: sites of private windows are remembered': {
    file: 'src/background/background.ts',
    find: '({ site, private: fleeting }) => site === base && !fleeting',
    replace: '({ site }) => site === base',
  },
  '7: a drill is made in a private window': {
    file: 'src/background/drill.ts',
    find: "    if (session.private) return { is: 'unfit', why: 'private' };",
    replace: '',
  },
  '7: notices tell of private windows': {
    file: 'src/background/news.ts',
    find: 'if (before.private) return { withdraw: [] };',
    replace: '',
  },
  '8: dead tokens are kept as they are': {
    file: 'src/background/dead-tokens.ts',
    find: "return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');",
    replace: 'return token.reveal() || String(bytes);',
  },
  '8: the hash has no salt': {
    file: 'src/background/dead-tokens.ts',
    find: 'encode(salt + token.reveal())',
    replace: 'encode(token.reveal())',
  },
  '8: the dead are adopted again': {
    file: 'src/background/adoption.ts',
    find: 'if (await ports.isDead(cookie)) return ports.removeDeadCookie(cookie);',
    replace: '',
  },
  '8: the dead are forgotten after an hour': {
    file: 'src/background/dead-tokens.ts',
    find: '60 * 24 * 60 * 60_000',
    replace: '60 * 60_000',
  },
};
