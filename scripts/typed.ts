import { type Doc, shellBlocks } from './docs.ts';

/** Commands of the documentation that the test of the packages does not run, and why. Whatever is not here is run. */
export const notRun: Readonly<Record<string, string>> = {
  'npm install --no-save': 'the packages are there already, by a link that npm would take for a mistake',
  'npm run package': 'e2e/packages.test.ts has run it, before the others',
  'npm start': 'opens a browser for somebody who looks at it; scripts/docs.test.ts asks it how it is used',
  'npm test': 'is what runs this',
  'npm run test:unit': 'is the step of `npm test` before this one',
  'npx vitest run FILE': 'FILE stands for one',
  'npx vitest run -c vitest.e2e.config.ts e2e/chromium.test.ts -t "words of a story"':
    'the words stand for those of a story',
  'npm run mutants': 'takes an hour; scripts/mutants.test.ts holds its list',
  'npm run simulate -- 20000': 'takes minutes; simulation.test.ts lives as many as there is time for',
  'node guard.mjs install --system --extension-id EXTENSION_ID':
    'writes for everybody on the computer; plan.test.ts says what',
  'node guard.mjs status --system': 'as above',
  'node guard.mjs test --system': 'as above',
  'node guard.mjs uninstall --system': 'as above',
  'logoff-on-close logoff SITE < file-with-the-token':
    'SITE stands for one; the packages’ own tests type it so',
  'logoff-on-close check SITE < file-with-the-token': 'as above; by-hand.test.ts',
  'logoff-on-close discover SITE': 'as above; by-hand.test.ts',
};

/** Every command that the pages tell to type, as it is typed, without what is said about it behind a `#`. */
export function typed(docs: readonly Doc[]): readonly string[] {
  return docs.flatMap(shellBlocks).flatMap(linesOf);
}

/** What can be run of the pages' blocks, each a script for a shell. A command that stands twice is run once. */
export function toRun(docs: readonly Doc[]): readonly string[] {
  const seen = new Set<string>(Object.keys(notRun));
  return docs.flatMap(shellBlocks).flatMap(block => {
    const fresh = linesOf(block).filter(line => !seen.has(line));
    for (const line of fresh) seen.add(line);
    return fresh.length === 0 ? [] : [fresh.join('\n')];
  });
}

function linesOf(block: string): readonly string[] {
  return block
    .split('\n')
    .map(line => line.replace(/(^|\s+)#.*$/, '').trim())
    .filter(line => line !== '');
}
