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
    find: 'export async function saveSession(session: Session): Promise<void> {\n  const area = session.private ? browser.storage.session : browser.storage.local;',
    replace:
      'export async function saveSession(session: Session): Promise<void> {\n  const area = browser.storage.local;',
    breaks: /private window/,
  },
  'a reload counts as a restart': {
    file: 'src/browser/run-marker.ts',
    find: '  if (memory.run !== undefined) return true;',
    replace: '  if (memory.run !== undefined) return false;',
    breaks: /nobody decided/,
  },
  'a restart counts as a reload': {
    file: 'src/background/background.ts',
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
};
