import type { Call } from './call.ts';
import {
  apiTokenPage,
  type LogOnStep,
  logOffPage,
  logOnAddress,
  logOnPage,
  pagePaths,
  sessionPage,
} from './pages.ts';
import { addressOf, type Person, peopleNamed, recognise, twoFactorCode } from './people.ts';
import { html, notFound, type Reply, redirect } from './reply.ts';
import type { WebCommand } from './routes.ts';
import { clearedFbTokenCookie, fbTokenCookie, type Site } from './site.ts';
import { newToken } from './tokens.ts';

/** Log-ons that wait for their second page: a code or the word of the identity provider. */
export type PendingLogOns = Map<
  string,
  { readonly person: Person; readonly rememberMe: 'ticked' | 'not-ticked' }
>;

/** Answers a request for a web page. */
export function webReply(
  call: Call,
  command: WebCommand,
  page: string,
  site: Site,
  pending: PendingLogOns,
): Reply {
  const verification = call.cookies.__RequestVerificationToken ?? newToken(24);
  const reply = answer(call, command, page, site, pending, verification);
  return { ...reply, cookies: [...firstCookies(call, site, verification), ...(reply.cookies ?? [])] };
}

function answer(
  call: Call,
  command: WebCommand,
  page: string,
  site: Site,
  pending: PendingLogOns,
  verification: string,
): Reply {
  switch (command) {
    case 'log-on-page':
      return html(logOnPage(site, { ask: 'password' }, verification, destination(call, site)), 'log-on page');
    case 'log-on':
      return logOn(call, site, pending, verification);
    case 'log-off':
      return logOff(call, site, verification);
    case 'page':
      return showPage(call, page, site);
    default:
      return command satisfies never;
  }
}

function logOn(call: Call, site: Site, pending: PendingLogOns, verification: string): Reply {
  const dest = destination(call, site);
  const show = (step: LogOnStep) =>
    html(logOnPage(site, step, verification, dest), `log-on asks: ${step.ask}`);
  const key = call.form.get('sPending');
  const begun = key === null ? undefined : pending.get(key);
  if (key !== null && begun) {
    const signedOn = begun.person.logOn === 'single-sign-on' && call.form.has('sSignOn');
    if (!signedOn && call.form.get('sTwoFactorCode')?.trim() !== twoFactorCode) {
      return show({ ask: 'code', pending: key, error: 'That code is not right.' });
    }
    pending.delete(key);
    return open(begun.person, begun.rememberMe, dest, site);
  }
  const name = call.form.get('sPerson') ?? '';
  const rememberMe = call.form.has('fRememberMe') ? 'ticked' : 'not-ticked';
  const wait = (person: Person) => {
    const fresh = newToken(20);
    pending.set(fresh, { person, rememberMe });
    return fresh;
  };
  const recognition = recognise(name, call.form.get('sPassword') ?? '');
  if (recognition.is === 'ambiguous') return show({ ask: 'who', people: recognition.people });
  const person = recognition.is === 'recognised' ? recognition.person : peopleNamed(name)[0];
  if (person?.logOn === 'single-sign-on') return show({ ask: 'single-sign-on', pending: wait(person) });
  if (recognition.is === 'wrong') {
    return show({ ask: 'password', error: 'Incorrect password or username' });
  }
  return recognition.person.logOn === 'two-factor'
    ? show({ ask: 'code', pending: wait(recognition.person) })
    : open(recognition.person, rememberMe, dest, site);
}

function open(person: Person, rememberMe: 'ticked' | 'not-ticked', dest: string, site: Site): Reply {
  const token = site.tokens.birth({
    host: site.host,
    person: person.fullName,
    email: addressOf(person),
    via: 'web',
    connection: site.connection,
  });
  return redirect(dest, 'logged on', { cookies: [fbTokenCookie(site, token, rememberMe)] });
}

function logOff(call: Call, site: Site, verification: string): Reply {
  const { webLogOff, webLogOffCookie } = site.switches;
  const verified =
    call.form.get('__RequestVerificationToken') === call.cookies.__RequestVerificationToken &&
    call.cookies.__RequestVerificationToken !== undefined;
  const enough = webLogOff === 'get' || (call.method === 'POST' && (webLogOff === 'post' || verified));
  if (!enough) return html(logOffPage(site, verification), 'log-off asks for a POST');
  const token = call.cookies.fbToken;
  const life = site.tokens.use(site.host, token, 'page');
  if (life) site.tokens.end(life.token, 'web');
  return redirect(logOnAddress(site), life ? 'logged-off' : 'was logged off', {
    cookies: webLogOffCookie === 'clears' ? [clearedFbTokenCookie(site)] : [],
  });
}

function showPage(call: Call, page: string, site: Site): Reply {
  const life = site.tokens.use(site.host, call.cookies.fbToken, 'page');
  if (!life) {
    const address = logOnAddress(site);
    const dest = encodeURIComponent(site.base + page);
    return redirect(`${address}${address.includes('?') ? '&' : '?'}dest=${dest}`, 'to the log-on page');
  }
  if (page.startsWith('f/') && !pagePaths.some(known => page.startsWith(known))) return notFound();
  if (page === 'f/userOptions' && call.method === 'POST') {
    const { host, person, email } = life;
    const key = site.tokens.birth({ host, person, email, via: 'key', connection: site.connection });
    return html(apiTokenPage(site, person, key), 'API token made', { cookies: refreshed(life.token, site) });
  }
  return html(sessionPage(site, page, life.person), 'page', { cookies: refreshed(life.token, site) });
}

/** Made when the request arrives: a reply that is held up brings the old value, whatever became of it since. */
function refreshed(token: string, site: Site): readonly string[] {
  return site.switches.pageRefreshesCookie === 'yes' ? [fbTokenCookie(site, token, 'not-ticked')] : [];
}

/** What the site sets before anyone has logged on. */
function firstCookies(call: Call, site: Site, verification: string): readonly string[] {
  const secure = site.secure ? '; Secure' : '';
  const first = {
    fb_SessionId: `${newToken(30)}; Path=${site.base}${secure}; HttpOnly`,
    __RequestVerificationToken: `${verification}; Path=${site.base}${secure}; HttpOnly`,
    sUniqueID: `${newToken(20)}; Path=${site.base}; Max-Age=31536000`,
  };
  return Object.entries(first).flatMap(([name, value]) =>
    call.cookies[name] === undefined ? [`${name}=${value}`] : [],
  );
}

/** Where to go after the log-on: a path of this site, never another host. */
function destination(call: Call, site: Site): string {
  const asked = call.form.get('dest') ?? call.query.get('dest') ?? '';
  const own = asked.startsWith(site.base) && !/^\/[/\\]/.test(asked);
  return own && asked !== site.base ? asked : `${site.base}f/cases`;
}
