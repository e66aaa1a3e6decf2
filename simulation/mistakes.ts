import type { Mistake } from './bundles.ts';

/** Slips in the product that no other test has to find for the simulation to be worth its time. */
export const mistakes: Readonly<Record<string, Mistake & { readonly breaks: RegExp }>> = {
  'an update that wakes the worker is taken before anything is known': {
    file: 'src/background/update.ts',
    find: 'isAtHome() && !',
    replace: '!',
    breaks: /was lost|outlived/,
  },
  'the record goes before its end is sure': {
    file: 'src/session/owed.ts',
    find: "  const asked = result.is === 'unavailable' ? result.retryAfterMs : undefined;",
    replace:
      "  if (result.is === 'timed-out' || result.is === 'unreachable') return { session: undefined, effects: [] };\n  const asked = result.is === 'unavailable' ? result.retryAfterMs : undefined;",
    breaks: /was lost/,
  },
  'private windows go to the disk': {
    file: 'src/browser/storage.ts',
    find: 'session.private ? memory : disk',
    replace: 'disk',
    breaks: /private window/,
  },
  'a reload counts as a restart': {
    file: 'src/browser/run-marker.ts',
    find: '  if (memory.run !== undefined) return true;',
    replace: '  if (memory.run !== undefined) return false;',
    breaks: /nobody decided/,
  },
  'a restart counts as a reload': {
    file: 'src/background/start.ts',
    find: "sameRun ? 'worker-started' : 'run-over'",
    replace: "sameRun ? 'worker-started' : 'worker-started'",
    breaks: /outlived/,
  },
  'what another worker left in flight is waited for': {
    file: 'src/session/transition.ts',
    find: "      if (isOpen(state) || state.attempt.is === 'waiting') return same(session);\n      return only(session, { ...state, attempt: { is: 'waiting', until: event.at } });",
    replace: '      return same(session);',
    breaks: /does not end/,
  },
  'the closing function waits for its turn': {
    file: 'src/background/watch.ts',
    find: '    if (presence.isOver()) return ports.close();',
    replace: '    if (presence.isOver()) return void keeper.enqueue(async () => ports.close());',
    breaks: /was not sent at once/,
  },
  'the Guard holds on to what was taken back': {
    file: 'src/guard/conversation.ts',
    find: '        armed.delete(request.session);',
    replace: '',
    breaks: /taken back|nobody decided/,
  },
  'the Guard does not see that the extension came back': {
    file: 'src/guard/vigil.ts',
    find: '(await isSucceeded())',
    replace: '!(await isSucceeded())',
    breaks: /though the extension came back|nobody decided/,
  },
  'the Guard asks again though it had the answer': {
    file: 'src/guard/log-off-all.ts',
    find: 'return answered(guarded, outcome.is);',
    replace: 'await answered(guarded, outcome.is);',
    breaks: /though it had the answer/,
  },
  'the Guard forgets what became of its sessions': {
    file: 'src/guard/receipts.ts',
    find: 'read: async () => (await all()).map(({ receipt }) => receipt),',
    replace: 'read: async () => [],',
    breaks: /it is still (owed|open)/,
  },
};
