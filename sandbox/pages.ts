import { demoCases } from './commands.ts';
import { type Person, twoFactorCode } from './people.ts';
import { escapeMarkup } from './reply.ts';
import type { Site } from './site.ts';

const css = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#222;background:#f6f7f9}
header{background:#1e4b6e;color:#fff;padding:.6rem 1rem;display:flex;gap:1rem;flex-wrap:wrap}
header a{color:#fff}header span{margin-left:auto}main{max-width:44rem;margin:1.5rem auto;padding:0 1rem}
form{display:grid;gap:.8rem;max-width:22rem}label{display:grid;gap:.2rem}label.tick{display:block}
input,button{font:inherit;padding:.4rem}p.error{color:#a11}`;

/** The paths of the site's pages that want a session, relative to its base. */
export const pagePaths = ['f/cases', 'f/filters', 'f/userOptions'] as const;

/** The address of the log-on page. */
export function logOnAddress(site: Site): string {
  return site.base + site.switches.logOnPage.replace(/^\//, '');
}

/** A page for somebody who is logged on. */
export function sessionPage(site: Site, page: string, person: string): string {
  const number = /^f\/cases\/(\d+)/.exec(page)?.[1];
  const found = demoCases.find(({ ixBug }) => String(ixBug) === number);
  if (found) {
    return layout(
      site,
      `Case ${found.ixBug}`,
      person,
      `<p>${found.title}.</p><p><a href="${site.base}f/cases">All cases</a></p>`,
    );
  }
  if (page.startsWith('f/filters')) {
    return layout(site, 'Filters', person, '<ul><li>My cases</li><li>Inbox</li></ul>');
  }
  if (page.startsWith('f/userOptions')) {
    return layout(
      site,
      'User options',
      person,
      `<form method="post" action="${site.base}f/userOptions"><button name="sAction" value="createApiToken">Create API token</button></form>`,
    );
  }
  const items = demoCases.map(
    ({ ixBug, title }) => `<li><a href="${site.base}f/cases/${ixBug}">${ixBug}: ${title}</a></li>`,
  );
  return layout(site, 'Cases', person, `<ul>${items.join('')}</ul>`);
}

/** The page that shows a fresh API token, once. */
export function apiTokenPage(site: Site, person: string, token: string): string {
  return layout(
    site,
    'User options',
    person,
    `<p>Your new API token: <code id="apiToken">${token}</code></p>`,
  );
}

/** What to ask for at the log-on page: name and password, one of several people, a code, or single sign-on. */
export type LogOnStep =
  | { readonly ask: 'password'; readonly error?: string }
  | { readonly ask: 'who'; readonly people: readonly Person[] }
  | { readonly ask: 'code'; readonly pending: string; readonly error?: string }
  | { readonly ask: 'single-sign-on'; readonly pending: string };

export function logOnPage(site: Site, step: LogOnStep, verification: string, dest: string): string {
  const error = 'error' in step && step.error ? `<p class="error">${escapeMarkup(step.error)}</p>` : '';
  const form = `<form method="post" action="${escapeMarkup(logOnAddress(site))}">
<input type="hidden" name="__RequestVerificationToken" value="${escapeMarkup(verification)}">
<input type="hidden" name="dest" value="${escapeMarkup(dest)}">${stepFields(step)}</form>`;
  return layout(site, 'Log On', undefined, error + form);
}

function stepFields(step: LogOnStep): string {
  switch (step.ask) {
    case 'password':
      return credentials('<input name="sPerson" id="sPerson" autocomplete="username" required>');
    case 'who': {
      const choices = step.people.map(({ fullName }) => `<option>${escapeMarkup(fullName)}</option>`);
      return credentials(`<select name="sPerson" id="sPerson">${choices.join('')}</select>`);
    }
    case 'code':
      return `<input type="hidden" name="sPending" value="${escapeMarkup(step.pending)}">
<label>Code from your authenticator (here: ${twoFactorCode}) <input name="sTwoFactorCode" id="sTwoFactorCode" inputmode="numeric" required></label>
<button id="logOn">Verify</button>`;
    case 'single-sign-on':
      return `<input type="hidden" name="sPending" value="${escapeMarkup(step.pending)}">
<p>Your company uses single sign-on.</p><button id="logOn" name="sSignOn" value="confirmed">Continue at Example Identity</button>`;
    default:
      return step satisfies never;
  }
}

function credentials(person: string): string {
  return `<label>E-mail or full name ${person}</label>
<label>Password <input type="password" name="sPassword" id="sPassword" autocomplete="current-password"></label>
<label class="tick"><input type="checkbox" name="fRememberMe" id="fRememberMe" value="1"> Remember me at this computer</label>
<button id="logOn">Log on</button>`;
}

/** What the web log-off shows on a GET if it wants a POST. */
export function logOffPage(site: Site, verification: string): string {
  return layout(
    site,
    'Log Off',
    undefined,
    `<form method="post" action="${site.base}default.asp?pre=preLogOff">
<input type="hidden" name="__RequestVerificationToken" value="${escapeMarkup(verification)}">
<p>Do you want to log off?</p><button id="logOff">Log off</button></form>`,
  );
}

function layout(site: Site, title: string, person: string | undefined, body: string): string {
  const { base } = site;
  const navigation = person
    ? `<a href="${base}f/cases">Cases</a><a href="${base}f/cases/1">Case 1</a><a href="${base}f/filters">Filters</a><a href="${base}f/userOptions">User options</a>
<span>Logged on as <b id="person">${escapeMarkup(person)}</b></span><a id="logOff" href="${base}default.asp?pre=preLogOff">Log off</a>`
    : '<b>FogBugz</b>';
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(site.host)} - ${title}</title><link rel="icon" href="data:,"><style>${css}</style></head>
<body><header>${navigation}</header><main><h1>${title}</h1>${body}</main></body></html>
`;
}
