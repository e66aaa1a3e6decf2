import type { Mistake } from '../../simulation/bundles.ts';

export const session: Readonly<Record<string, Mistake>> = {
  'backoff: no longer wait after each try': {
    file: 'src/session/backoff.ts',
    find: '2 ** Math.min(attempts - 1, 16)',
    replace: '2 ** 0',
  },
  'backoff: a server may ask for any wait': {
    file: 'src/session/backoff.ts',
    find: 'Math.min(askedMs, longestWaitMs)',
    replace: 'askedMs',
  },
  'drill: kept by the rules counts as lost': {
    file: 'src/session/drill.ts',
    find: "if (keptByRules) return { is: 'kept', proven };",
    replace: '',
  },
  'hopeless: at once': {
    file: 'src/session/hopeless.ts',
    find: 'return attempts >= manyAttempts || now - since > longMs;',
    replace: 'return attempts >= 1 || now - since > longMs;',
  },
  'presets: grace counts though it does nothing': {
    file: 'src/session/presets.ts',
    find: " || (key === 'graceSeconds' && !preset.lastTab)",
    replace: '',
  },
  'session: a countdown is no open session': {
    file: 'src/session/session.ts',
    find: "return state.is === 'open' || state.is === 'counting-down';",
    replace: "return state.is === 'open';",
  },
  "settings: a site's own rules count for nothing": {
    file: 'src/session/settings.ts',
    find: 'return exception ? { ...settings, ...exception } : settings;',
    replace: 'return exception ? { ...exception, ...settings } : settings;',
  },
  'twins: the open one stays': {
    file: 'src/session/twins.ts',
    find: 'isOpen(other.state) && !isOpen(session.state)',
    replace: '!isOpen(other.state) && isOpen(session.state)',
  },
};
