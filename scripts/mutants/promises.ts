import type { Mistake } from '../../simulation/bundles.ts';

export const first: Readonly<Record<string, Mistake>> = {
  '1: an owed session that gets no answer is dropped': {
    file: 'src/session/owed.ts',
    find: "return only(session, { ...state, attempt: { is: 'waiting', until }, obstacle: result });",
    replace: 'return { session: undefined, effects: [] };',
  },
  '1: alive after its log-off counts as dead': {
    file: 'src/session/owed.ts',
    find: "    case 'alive': {",
    replace: "    case 'alive': {\n      if (state.checks > 0) return { session: undefined, effects: [] };",
  },
  '1: a refused save is forgotten': {
    file: 'src/background/unsaved.ts',
    find: 'for (const { id } of refused) unsaved.add(id);',
    replace: '',
  },
  '1: the run is marked though nothing is saved': {
    file: 'src/background/run.ts',
    find: ' || !ports.isSaved()',
    replace: '',
  },
  '1: an update is taken before the start': {
    file: 'src/background/update.ts',
    find: 'isAtHome() && !',
    replace: '!',
  },
  '2: sends again while one is in flight': {
    file: 'src/session/owed.ts',
    find: "  if (state.attempt.is === 'in-flight') return same(session);",
    replace: '',
  },
  '2: finds a site out once for each who asks': {
    file: 'src/background/sites.ts',
    find: 'discovering.get(base) ??',
    replace: '',
  },
  '2: jobs of the queue run side by side': {
    file: 'src/background/queue.ts',
    find: 'const done = last.then(() => {',
    replace: 'const done = Promise.resolve().then(() => {',
  },
  '2: the closing function sends twice': {
    file: 'src/background/closing.ts',
    find: '.filter(({ id }) => !sent.has(id))',
    replace: '',
  },
  '3: a trigger ends a key': {
    file: 'src/session/transition.ts',
    find: "      // A key is kept whatever happens.\n      if (!isOpen(state) || session.kind === 'api-key') return",
    replace: '      if (!isOpen(state)) return',
  },
  '3: closing ends a key': {
    file: 'src/session/ends-at-close.ts',
    find: "      if (session.kind === 'api-key') return false;",
    replace: '',
  },
  '3: a key grows old': {
    file: 'src/session/deadline.ts',
    find: "  if (session.kind === 'api-key') return undefined;",
    replace: '',
  },
  '4: a token formats as itself': {
    file: 'src/token.ts',
    find: "  toString(): string {\n    return '••••';",
    replace: '  toString(): string {\n    return this.reveal();',
  },
  "4: a server's message repeats the token": {
    file: 'src/fogbugz/reply.ts',
    find: "message = message.replaceAll(form, '••••')",
    replace: 'message = String(message)',
  },
  '5: requests carry cookies': {
    file: 'src/fogbugz/send.ts',
    find: "credentials: 'omit',",
    replace: "credentials: 'include',",
  },
  '5: redirects are followed': {
    file: 'src/fogbugz/send.ts',
    find: "redirects === 'refused' ? 'manual' : 'follow'",
    replace: "redirects === 'refused' ? 'follow' : 'follow'",
  },
  '7: private sessions go into the history': {
    file: 'src/background/effects.ts',
    find: '  if (session.private) return [];\n',
    replace: '',
  },
  '8: no dead token is remembered': {
    file: 'src/background/dead-tokens.ts',
    find: '      await save(list);',
    replace: '',
  },
  'guard: no receipt is acknowledged': {
    file: 'src/guard/receipts.ts',
    find: 'await Promise.all(read.map(({ path }) => rm(path, { force: true })));',
    replace: 'await Promise.all(read);',
  },
  'guard: gives up after the first failure': {
    file: 'src/guard/log-off-all.ts',
    find: "=== 'stop') {",
    replace: "!== 'never') {",
  },
  'guard: gives up after an hour': {
    file: 'src/guard/take-care.ts',
    find: '24 * 60 * 60 * 1000',
    replace: '60 * 60 * 1000',
  },
  'guard: never gives up': {
    file: 'src/guard/take-care.ts',
    find: 'if (Date.now() - over.at >= giveUpAfterMs) {',
    replace: 'if (Date.now() - over.at >= 10 * giveUpAfterMs) {',
  },
  'guard: holds on to what was disarmed': {
    file: 'src/guard/conversation.ts',
    find: '        armed.delete(request.session);',
    replace: '',
  },
  'guard: a frame that is too long is held': {
    file: 'src/guard/frames.ts',
    find: 'skips = missing > longest;',
    replace: 'skips = false;',
  },
  'guard: takes over before everything is there': {
    file: 'src/guard/conversation.ts',
    find: ' || awaited.size > 0',
    replace: '',
  },
  'wire: anything is an answer': {
    file: 'src/fogbugz/reply.ts',
    find: '(answer && status >= 200 && status < 300)',
    replace: 'answer',
  },
  'wire: Retry-After is in milliseconds': {
    file: 'src/fogbugz/retry-after.ts',
    find: 'Number(text) * 1000',
    replace: 'Number(text)',
  },
};
