/** The Guard's two programs, without the command line around them. */
export { readHostOptions, runHost } from '../../src/guard/host.ts';
export { runWatcher } from '../../src/guard/watcher.ts';
