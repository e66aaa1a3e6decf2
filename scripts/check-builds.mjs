// Checks both builds as the stores do, and holds what must be true of every build, the Guard's too, against them. Runs
// after `npm run package`, for what is linted is the package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import webExt from 'web-ext';
import { lateIn } from './late.ts';
import { markupFromText } from './markup.ts';
import { packages, packagesFolder } from './package/names.ts';
import { root } from './setup.mjs';
import { overBudget, startedBy } from './sizes.ts';

/** The linter's warnings that are known, and why they stand; docs/building.md tells them to whoever reviews. */
const explained = {
  UNSAFE_VAR_ASSIGNMENT: "preact's own code for dangerouslySetInnerHTML, which no page of ours uses",
};
const strict =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src https: http:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** What the gallery's states are called: words that no minifier changes, and no page of ours says. */
const galleryWords = readdirSync(join(root, 'gallery', 'states')).flatMap(file =>
  [...readFileSync(join(root, 'gallery', 'states', file), 'utf8').matchAll(/'([A-Z][^'\n]{20,})'/g)].map(
    ([, words]) => words,
  ),
);
const problems = [];

for (const browser of ['chrome', 'firefox']) {
  const folder = join(root, 'dist', browser);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const { chunks, bytes, gzipped } = startedBy(folder);
  if (chunks.length < 2) problems.push(`${browser}: the worker's loader imports nothing`);
  for (const { file, code } of chunks) {
    // Either kills a service worker before its listeners are registered.
    if (/\bimport\s*\(/.test(code)) problems.push(`${browser}: a dynamic import in ${file}`);
  }
  console.log(`${browser}: worker ${bytes} bytes, ${gzipped} gzipped`);
  const archive = join(packagesFolder, packages[browser]);
  problems.push(...overBudget(folder, archive).map(words => `${browser}: ${words}`));
  for (const page of ['popup', 'options', 'welcome'])
    for (const file of lateIn(folder, `src/${page}/${page}.html`))
      problems.push(`${browser}: ${page} does not name ${file}, and fetches it late`);
  // docs/security.md says all of this.
  if (manifest.content_security_policy?.extension_pages !== strict)
    problems.push(`${browser}: another content security policy than the strict one`);
  for (const way of ['content_scripts', 'externally_connectable', 'sandbox', 'userScripts'])
    if (manifest[way]) problems.push(`${browser}: a way in from outside, ${way}`);
  for (const file of readdirSync(folder, { recursive: true }).filter(name => /\.(js|html)$/.test(name))) {
    const text = readFileSync(join(folder, file), 'utf8');
    if (/\beval\s*\(|\bnew Function\s*\(|<script[^>]+src=["']?(https?:)?\/\//.test(text))
      problems.push(`${browser}: code that is made or fetched while it runs, in ${file}`);
  }
  // The gallery is for whoever works on the pages, and shows sessions that are nobody's.
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const text = file.isFile() ? readFileSync(join(file.parentPath, file.name), 'utf8') : '';
    const found = galleryWords.find(words => text.includes(words));
    if (found) problems.push(`${browser}: a piece of the gallery in ${file.name}: ${found}`);
  }
  if (manifest.web_accessible_resources)
    problems.push(`${browser}: web pages can reach resources of the extension`);
}

if (galleryWords.length < 20) problems.push('the states of the gallery were not found');

// The Guard is copied to where there is neither a node_modules folder nor this repository.
const guard = readFileSync(join(root, 'dist', 'guard', 'guard.mjs'), 'utf8');
console.log(`guard: ${(guard.length / 1024).toFixed(1)} KiB`);
if (!guard.startsWith('#!/usr/bin/env node\n')) problems.push('guard: no #! line');
if (guard.includes(root) || guard.includes('node_modules')) problems.push('guard: paths of this machine');
for (const [, name] of guard.matchAll(/\bimport\b[^;"()]*\bfrom\s*"([^"]+)"/g)) {
  if (!name.startsWith('node:')) problems.push(`guard: imports ${name}`);
}

// Firefox's own linter; its rules for the Chromium build would be about another browser's manifest.
const { errors, warnings } = await lint(join(packagesFolder, packages.firefox));
problems.push(...errors.map(describe));
problems.push(...warnings.filter(({ code }) => !Object.hasOwn(explained, code)).map(describe));

problems.push(
  ...markupFromText(join(root, 'src')).map(line => `markup made from text in our own code: ${line}`),
);

for (const problem of problems) console.error(`✗ ${problem}`);
process.exit(problems.length === 0 ? 0 : 1);

/** The linter takes a package as it is, though its parameter is named after folders. */
async function lint(sourceDir) {
  const result = await webExt.cmd.lint({ sourceDir, output: 'none' }, { shouldExitProgram: false });
  if (!result.metadata) throw new Error(`The linter has not read ${sourceDir}`);
  return { errors: result.errors ?? [], warnings: result.warnings ?? [] };
}

function describe({ code, message, file }) {
  return `${code}: ${message}${file ? ` (${file})` : ''}`;
}
