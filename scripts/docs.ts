import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import GithubSlugger from 'github-slugger';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';

/** A page of the documentation: where it stands in the repository, and what is in it. */
export type Doc = { readonly path: string; readonly tokens: readonly Token[] };

export function readDoc(root: string, path: string): Doc {
  return { path, tokens: lexer(readFileSync(join(root, path), 'utf8')) };
}

/** README and the like, and everything in the folders for people. */
export function readDocs(root: string): readonly Doc[] {
  const inFolders = ['docs', 'store'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(path => join(folder, path)),
  );
  return [...readdirSync(root), ...inFolders]
    .filter(path => path.endsWith('.md'))
    .map(path => readDoc(root, path));
}

/** The links and pictures of a page that lead nowhere: a file that is not there, a heading that it does not have. */
export function brokenLinks(root: string, { path, tokens }: Doc): readonly string[] {
  return hrefs(tokens).filter(href => {
    if (/^[a-z][a-z\d+.-]*:/i.test(href)) return false;
    const [file = '', anchor] = href.split('#');
    const target = file === '' ? join(root, path) : resolve(root, dirname(path), decodeURIComponent(file));
    // What lies outside, or is made by a build, is not there for a reader of the repository.
    const inside = relative(root, target);
    if (inside.startsWith('..') || /^(dist|node_modules)\b/.test(inside) || !existsSync(target)) return true;
    return (
      anchor !== undefined &&
      !(statSync(target).isFile() && anchors(readFileSync(target, 'utf8')).has(anchor))
    );
  });
}

/** The shell commands that a page tells to type, block by block. */
export function shellBlocks(doc: Doc): readonly string[] {
  return blocks(doc)
    .filter(({ lang }) => lang === 'sh')
    .map(({ text }) => text);
}

/** Blocks that hold a command and do not say that they are shell: nothing would ever run them. */
export function unmarkedCommands(doc: Doc): readonly string[] {
  return blocks(doc)
    .filter(
      ({ lang, text }) => lang !== 'sh' && (/^(ba)?sh|^shell|^console/.test(lang) || command.test(text)),
    )
    .map(({ text }) => text);
}

const command = /^(\$ )?(npm|npx|node|git|cd|logoff-[a-z-]+|[A-Z_]+="?[^\n]* npm) /m;

function blocks({ tokens }: Doc): readonly { readonly lang: string; readonly text: string }[] {
  return all(tokens)
    .filter((token): token is Tokens.Code => token.type === 'code')
    .map(({ lang = '', text }) => ({ lang, text }));
}

/** Names of npm scripts that a page mentions. */
export function npmScripts({ tokens }: Doc): readonly string[] {
  const code = all(tokens).filter(({ type }) => type === 'code' || type === 'codespan');
  return code
    .flatMap(token => [...token.raw.matchAll(/\bnpm (?:run (?:--silent )?([\w:]+)|(start|test)\b)/g)])
    .map(([, script, own]) => script ?? own ?? '');
}

function hrefs(tokens: readonly Token[]): readonly string[] {
  return all(tokens).flatMap(token =>
    (token.type === 'link' || token.type === 'image') && 'href' in token ? [String(token.href)] : [],
  );
}

function anchors(text: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  return new Set(
    all(lexer(text)).flatMap(token => (token.type === 'heading' ? [slugger.slug(plain(token))] : [])),
  );
}

/** A heading as it reads, without its marks. */
function plain(token: Token): string {
  const inner = 'tokens' in token && token.tokens ? token.tokens : [];
  return inner.length > 0 ? inner.map(plain).join('') : 'text' in token ? String(token.text) : '';
}

function all(tokens: readonly Token[]): readonly Token[] {
  const found: Token[] = [];
  walkTokens([...tokens], token => {
    found.push(token);
  });
  return found;
}
