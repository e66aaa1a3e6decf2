import type { Mistake } from '../../simulation/bundles.ts';

export const background: Readonly<Record<string, Mistake>> = {
  'access: the lost is the permitted': {
    file: 'src/browser/permissions.ts',
    find: 'bases.filter((_, index) => !permitted[index])',
    replace: 'bases.filter((_, index) => permitted[index])',
  },
  'access: a site that is none is missed': {
    file: 'src/background/access.ts',
    find: '[...missing].filter(isBase)',
    replace: '[...missing]',
  },
  'adoption: a crowd is let in': {
    file: 'src/background/adoption.ts',
    find: 'site === undefined || isCrowded(site)',
    replace: 'site === undefined',
  },
  "drill record: another session's end counts": {
    file: 'src/background/drill-record.ts',
    find: 'if (drill?.session !== id || !drill.end) return;',
    replace: 'if (!drill?.end) return;',
  },
  'drill: of a key': {
    file: 'src/background/drill.ts',
    find: "    if (session.kind === 'api-key') return { is: 'unfit', why: 'api-key' };",
    replace: '',
  },
  'guard: more than it takes': {
    file: 'src/background/guard.ts',
    find: '.slice(0, mostSessions) : [];',
    replace: ' : [];',
  },
  'guard: receipts are acknowledged before they are stored': {
    file: 'src/background/guard.ts',
    find: "        await ports.receive(receipts);\n        from.line.send({ do: 'acknowledge', sessions: receipts.map(({ session }) => session) });",
    replace:
      "        from.line.send({ do: 'acknowledge', sessions: receipts.map(({ session }) => session) });\n        await ports.receive(receipts);",
  },
  'guard: what has ended stays armed': {
    file: 'src/background/guard-held.ts',
    find: "        line.send({ do: 'disarm', session: id });",
    replace: '',
  },
  'background: nothing is tried when the network is back': {
    file: 'src/background/background.ts',
    find: "    online: (): void => {\n      guard.tryAgain();\n      void keeper.tellAll({ is: 'try-now', at: Date.now() });",
    replace: '    online: (): void => {\n      guard.tryAgain();',
  },
  'hand-over: an old note is left': {
    file: 'src/background/hand-over.ts',
    find: 'now() - at > freshMs',
    replace: 'at < 0',
  },
  'history: the confirmation is not written': {
    file: 'src/background/history.ts',
    find: 'history.some(isIt)',
    replace: 'history.length < 0',
  },
  'history: what the disk did not take is forgotten': {
    file: 'src/background/history.ts',
    find: 'unsaved = after.filter(entry => !known.has(entry));',
    replace: 'unsaved = known.size < 0 ? after : [];',
  },
  'idleness: keys go with the absent': {
    file: 'src/background/idleness.ts',
    find: ".filter(({ state, kind }) => kind === 'session' && isOpen(state))",
    replace: '.filter(({ state }) => isOpen(state))',
  },
  'keeper: a Guard that came too late is believed': {
    file: 'src/background/keeper.ts',
    find: "        if (answer.outcome !== 'logged-off') return;\n",
    replace: '',
  },
  'newcomers: the known are added again': {
    file: 'src/background/newcomers.ts',
    find: 'if (before === undefined) await keeper.add(fresh);',
    replace: 'await keeper.add(fresh);',
  },
  'notices: shown to those who want none': {
    file: 'src/background/notices.ts',
    find: "return notices === 'all' || (notices === 'problems' && does === 'try-now');",
    replace: "return notices !== 'problems' || does === 'try-now';",
  },
  'receipts: half a log-off counts': {
    file: 'src/background/receipts.ts',
    find: ' || hasPagesToo(session)',
    replace: '',
  },
  'server answers: each is saved by itself': {
    file: 'src/background/server-answers.ts',
    find: '        together.set(id, answer);\n        return;',
    replace: '',
  },
  'sites in use: what the Guard covers is kept warm': {
    file: 'src/background/sites-in-use.ts',
    find: ' && !isCovered(session.id)',
    replace: '',
  },
  'obey: what an administrator has set for a site is changed': {
    file: 'src/background/obey.ts',
    find: '          refuseLocked(rules, rulesFor(keeper.settings(), site), locked);\n',
    replace: '',
  },
  "own sites: an administrator's site is removed": {
    file: 'src/background/own-sites.ts',
    find: '...(keeper.managed().ownSites ?? [])',
    replace: '',
  },
  'outside: the menu logs off everywhere by one word': {
    file: 'src/background/outside.ts',
    find: "        case 'menuLogOff':\n          return tellInFront(tabId, logOff('click'));",
    replace: "        case 'menuLogOff':\n          return void keeper.tellAll(logOff('click'));",
  },
  'own sites: unasked': {
    file: 'src/background/own-sites.ts',
    find: "if (!(await ports.isPermitted(parsed.base))) return { is: 'failed', obstacle: { is: 'not-permitted' } };",
    replace: '',
  },
  'pace: one lost connection is proof': {
    file: 'src/background/pace.ts',
    find: '(lost[step + 1] ?? proof) < proof ? step + 1 : step',
    replace: '(lost[step + 1] ?? proof) < 1 ? step + 1 : step',
  },
  'painter: draws what stands there': {
    file: 'src/background/painter.ts',
    find: 'if (drawing === shown) return;',
    replace: '',
  },
  'policy: is not looked at again': {
    file: 'src/background/policy.ts',
    find: 'if (text === known) return;',
    replace: 'return;',
  },
  'presence: an old list is the truth': {
    file: 'src/background/presence.ts',
    find: 'for (const again of since) again();',
    replace: '',
  },
  'presence: private tabs never go': {
    file: 'src/background/presence.ts',
    find: 'if (isPrivateStore(tab.storeId)) privateTabs -= 1;',
    replace: '',
  },
  'synced: the earlier change wins': {
    file: 'src/background/synced.ts',
    find: 'if (changedAt > ours.changedAt) {',
    replace: 'if (changedAt < ours.changedAt) {',
  },
  'toolbar: keys are counted': {
    file: 'src/background/toolbar.ts',
    find: "state.is === 'open' && kind === 'session');",
    replace: "state.is === 'open' && kind !== undefined);",
  },
  'wakes: nobody starts over what is in flight': {
    file: 'src/background/wakes.ts',
    find: "([...sessions()].some(isInFlight) ? 'flight' : undefined)",
    replace: 'undefined',
  },
  'warmth: while nobody is there': {
    file: 'src/background/warmth.ts',
    find: ' || !(await ports.userIsActive())',
    replace: '',
  },
  'watch: hidden pages count as gone': {
    file: 'src/background/watch.ts',
    find: ' && !hidden.has(site)',
    replace: '',
  },
  'watch: the close waits for the next count': {
    file: 'src/background/watch.ts',
    find: '    if (presence.isOver()) return ports.close();',
    replace: '',
  },
  'welcome: at every update': {
    file: 'src/background/welcome.ts',
    find: "if (reason === 'install') await open();",
    replace: 'await open();',
  },
  'wire: the pages keep their own session': {
    file: 'src/background/wire.ts',
    find: 'return (await pagesToo(site, session)) ?? outcome.is;',
    replace: 'return outcome.is;',
  },
};
