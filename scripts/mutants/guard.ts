import type { Mistake } from '../../simulation/bundles.ts';

export const guard: Readonly<Record<string, Mistake>> = {
  'guard browser: the first process counts': {
    file: 'src/guard/browser-process.ts',
    find: 'return pid > 1 ? processOf(pid) : undefined;',
    replace: 'return processOf(pid);',
  },
  'guard browser: a zombie lives': {
    file: 'src/guard/browser-process.ts',
    find: "!'ZXx'.includes(stat.state) && ",
    replace: '',
  },
  'guard browser: one whose child was given away lives': {
    file: 'src/guard/browser-process.ts',
    find: 'if (pid === firstParent && process.ppid !== pid) return false;',
    replace: '',
  },
  'guard by hand: every outcome is good': {
    file: 'src/guard/by-hand.ts',
    find: 'return good.some(one => one === outcome.is) ? 0 : 1;',
    replace: 'return good.some(one => one !== outcome.is) ? 0 : 1;',
  },
  'guard caller: any origin': { file: 'src/guard/caller.ts', find: '[a-p]{32}', replace: '[a-z]+' },
  'guard claim: its own counts as a successor': {
    file: 'src/guard/claim.ts',
    find: '    last.guard !== mine.guard &&\n',
    replace: '',
  },
  'guard claim: the one before counts as a successor': {
    file: 'src/guard/claim.ts',
    find: '    last.guard !== before &&\n',
    replace: '',
  },
  'guard claim: of another run of the browser': {
    file: 'src/guard/claim.ts',
    find: '    last.browser?.pid === mine.browser?.pid &&\n    last.browser?.startedAt === mine.browser?.startedAt',
    replace: '    true',
  },
  'guard folders: a relative one': {
    file: 'src/guard/folders.ts',
    find: "return path?.startsWith('/') ? path : undefined;",
    replace: 'return path;',
  },
  'guard: watches as a host': { file: 'src/guard/guard.ts', find: 'await runWatcher(tools());', replace: '' },
  'guard hand-over: without its tokens': {
    file: 'src/guard/hand-over.ts',
    find: 'return token ? [{ ...rest, token }] : [];',
    replace: 'return token ? [] : [];',
  },
  'guard host: anybody may call': {
    file: 'src/guard/host.ts',
    find: 'if (!caller || !extensionIds.includes(caller.id))',
    replace: 'if (!caller)',
  },
  'guard host: what is left stays undone': {
    file: 'src/guard/host.ts',
    find: '  if (left.length > 0)\n    await leave',
    replace: '  if (left.length < 0)\n    await leave',
  },
  'guard ways: any certificate': {
    file: 'src/guard/ways.ts',
    find: 'rejectUnauthorized: true',
    replace: 'rejectUnauthorized: false',
  },
  "guard ways: the system's authorities don't count": {
    file: 'src/guard/ways.ts',
    find: "['default', 'system'].flatMap",
    replace: "['default'].flatMap",
  },
  'guard network: follows with a token in hand': {
    file: 'src/guard/network.ts',
    find: "init.redirect === 'follow' ? redirectOf(reply, url) : undefined",
    replace: 'redirectOf(reply, url)',
  },
  'guard proxies: any asterisk spares all': {
    file: 'src/guard/proxies.ts',
    find: "if (entry === '*') return true;",
    replace: "if (entry.startsWith('*')) return true;",
  },
  'guard take-care: one attempt for whoever is in a hurry': {
    file: 'src/guard/take-care.ts',
    find: "if (pauseMs >= msLeft()) return 'stop';",
    replace: "if (pauseMs >= 0) return 'stop';",
  },
  'guard take-care: in a hurry for minutes': {
    file: 'src/guard/take-care.ts',
    find: 'hurriedForMs = 10_000',
    replace: 'hurriedForMs = 600_000',
  },
  'guard tunnels: through a proxy that says no': {
    file: 'src/guard/tunnels.ts',
    find: 'if (statusCode < 200 || statusCode >= 300) {',
    replace: 'if (statusCode < 200) {',
  },
  'guard file: others may read': {
    file: 'src/guard/private-file.ts',
    find: 'mode: 0o600',
    replace: 'mode: 0o644',
  },
  "guard file: somebody else's folder": {
    file: 'src/guard/private-file.ts',
    find: 'if (entry.uid !== user || target.uid !== user) throw',
    replace: 'if (false) throw',
  },
  'guard probe: a failure is remembered': {
    file: 'src/guard/probe.ts',
    find: "is === 'failed' && asked.delete(key)",
    replace: "is !== 'failed' && key",
  },
  'guard whereabouts: what was found is forgotten': {
    file: 'src/guard/whereabouts.ts',
    find: 'const known = moved.get(site.base) ?? site;',
    replace: 'const known = site;',
  },
  'guard whereabouts: each log-off asks for itself': {
    file: 'src/guard/whereabouts.ts',
    find: 'asking.get(base) ?? discoverInto',
    replace: 'discoverInto',
  },
  'guard whereabouts: nobody has moved': {
    file: 'src/guard/whereabouts.ts',
    find: "if (found.is === 'site') sites.set(base, found.site);",
    replace: '',
  },
  'guard network: goes where any server says': {
    file: 'src/guard/network.ts',
    find: "follows === 'its origin' && next?.origin !== url.origin",
    replace: "follows !== 'its origin' && next?.origin === ''",
  },
  'guard: goes where any server says': {
    file: 'src/guard/guard.ts',
    find: "createFetch(process.env, 'its origin')",
    replace: 'createFetch(process.env)',
  },
  'guard vigil: not seen that the browser died': {
    file: 'src/guard/vigil.ts',
    find: "if (browser && !isAlive(browser)) return 'browser-closed';",
    replace: '',
  },
  'guard vigil: no successor is seen': {
    file: 'src/guard/vigil.ts',
    find: "if ((ended || look % looksPerRead === 0) && (await isSucceeded())) return { is: 'succeeded' };",
    replace: '',
  },
  'guard vigil: every browser was closed': {
    file: 'src/guard/vigil.ts',
    find: "passed <= killedWithinMs ? 'browser-died' : 'browser-closed'",
    replace: "'browser-closed'",
  },
  'guard vigil: every browser was killed': {
    file: 'src/guard/vigil.ts',
    find: "passed <= killedWithinMs ? 'browser-died' : 'browser-closed'",
    replace: "'browser-died'",
  },
  'guard vigil: looks now and then': {
    file: 'src/guard/vigil.ts',
    find: 'const lookMs = 25;',
    replace: 'const lookMs = 100;',
  },
  'guard watcher: the dead count as running': {
    file: 'src/guard/watcher.ts',
    find: 'if (watcher && isAlive(watcher)) running.push(watcher.pid);',
    replace: 'if (watcher) running.push(watcher.pid);',
  },
  'guard installer: a browser nobody knows': {
    file: 'src/guard/install/installer.ts',
    find: 'if (unknown !== undefined) return `Browsers',
    replace: "if (unknown === '') return `Browsers",
  },
  'guard installer: everywhere for one': {
    file: 'src/guard/install/browsers.ts',
    find: "hidden ? 'native-messaging-hosts' : 'NativeMessagingHosts'",
    replace: "hidden ? 'NativeMessagingHosts' : 'native-messaging-hosts'",
  },
  'guard installer: removes nothing': {
    file: 'src/guard/install/carry-out.ts',
    find: "rmSync(step.path, { recursive: step.do === 'remove-folder', force: true });",
    replace: '',
  },
  'guard installer: confined elsewhere too': {
    file: 'src/guard/install/confined.ts',
    find: "if (platform !== 'linux') return [];",
    replace: '',
  },
  'guard installer: the wrong word for whom it serves': {
    file: 'src/guard/install/contents.ts',
    find: '{ allowed_extensions: ids.firefox }',
    replace: '{ allowed_origins: ids.firefox }',
  },
  'guard installer: Windows like Linux': {
    file: 'src/guard/install/plan.ts',
    find: "join(folder, machine.platform === 'win32' ? 'guard.bat' : 'guard')",
    replace: "join(folder, 'guard')",
  },
  'guard installer: any answer will do': {
    file: 'src/guard/install/try-host.ts',
    find: "if (!reply.success) return 'it answered something that is not understood';",
    replace: 'if (!reply.success) return undefined;',
  },
};
