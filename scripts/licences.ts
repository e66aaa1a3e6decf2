import type { Plugin } from 'vite';

/** What a package of npm is called in the path of a module: the last `node_modules` is the one it was found in. */
const packaged = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * Holds the list of licences that Vite writes (`build.license`) against what was really bundled, and ends the build if
 * a package is not in it with its licence and that licence's text.
 *
 * @param fileName of the list, as `build.license` has it.
 */
export function licensed(fileName: string): Plugin {
  return {
    name: 'licensed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = Object.values(bundle);
        const modules = files.flatMap(file => (file.type === 'chunk' ? file.moduleIds : []));
        const list = files.find(file => file.fileName === fileName);
        const text = list?.type === 'asset' ? list.source.toString() : '';
        const missing = unlicensed(text, modules);
        if (missing.length > 0) this.error(`${fileName} has no licence of ${missing.join(', ')}`);
      },
    },
  };
}

/** The packages that these modules are of, and of which the list doesn't have both a licence and its text. */
export function unlicensed(list: string, modules: readonly string[]): readonly string[] {
  const listed = new Set(
    [...list.matchAll(/^## (\S+) - \S+ \([^)]+\)\n\n(?!## )\S/gm)].map(([, name = '']) => name),
  );
  const bundled = modules.flatMap(id => packaged.exec(id.replaceAll('\\', '/'))?.[1] ?? []);
  return [...new Set(bundled)].filter(name => !listed.has(name)).sort();
}
