import { type Answer, outcomeOf } from './commands.ts';
import { escapeMarkup, type Reply } from './reply.ts';
import type { Site } from './site.ts';

/** The reply to `GET <base>/api.xml`. */
export function discovery(site: Site): Reply {
  const url = escapeMarkup(site.switches.xmlEndpoint);
  return xml(`<version>8</version><minversion>1</minversion><url>${url}</url>`, 200, 'discovery', site);
}

/** An answer as the XML API writes it. */
export function xmlReply(answer: Answer, site: Site): Reply {
  const status = answer.is === 'error' ? Number(site.switches.xmlErrorStatus) : 200;
  return xml(content(answer, site), status, outcomeOf(answer), site);
}

/** Messages of the XML API by error code. */
export const xmlMessages: Readonly<Record<number, string>> = {
  0: 'FogBugz is not initialised',
  1: 'Incorrect password or username',
  2: 'Ambiguous Logon',
  3: 'Not logged on',
  4: 'Missing argument',
  27: 'No such API command',
  28: 'This account is in maintenance mode',
  29: 'Two-factor authentication is enabled for this account',
};

function content(answer: Answer, site: Site): string {
  switch (answer.is) {
    case 'token':
      return `<token>${site.switches.tokenCdata === 'yes' ? cdata(answer.token) : answer.token}</token>`;
    case 'logged-off':
      return '';
    case 'person': {
      const { ixPerson, fullName, email } = answer.person;
      return `<person><ixPerson>${ixPerson}</ixPerson><sFullName>${cdata(fullName)}</sFullName><sEmail>${cdata(email)}</sEmail></person>`;
    }
    case 'projects': {
      const projects = answer.projects.map(
        (name, index) =>
          `<project><ixProject>${index + 1}</ixProject><sProject>${cdata(name)}</sProject></project>`,
      );
      return `<projects>${projects.join('')}</projects>`;
    }
    case 'cases': {
      const cases = answer.cases.map(
        ({ ixBug, title }) =>
          `<case ixBug="${ixBug}"><ixBug>${ixBug}</ixBug><sTitle>${cdata(title)}</sTitle></case>`,
      );
      return `<cases count="${cases.length}">${cases.join('')}</cases>`;
    }
    case 'new-case':
      return `<case ixBug="${answer.ixBug}" operations="edit,assign,resolve,email"></case>`;
    case 'error': {
      const message = xmlMessages[answer.code] ?? 'Unknown error';
      const people = answer.people.map(name => `<person>${escapeMarkup(name)}</person>`);
      const error = `<error code="${answer.code}">${answer.code === 1 ? cdata(message) : message}</error>`;
      return people.length > 0 ? `${error}<people>${people.join('')}</people>` : error;
    }
    default:
      return answer satisfies never;
  }
}

function xml(content: string, status: number, outcome: string, site: Site): Reply {
  const { xmlContentType, byteOrderMark } = site.switches;
  const mark = byteOrderMark === 'yes' ? '\uFEFF' : '';
  return {
    status,
    contentType: xmlContentType === 'none' ? undefined : xmlContentType,
    body: `${mark}<?xml version="1.0" encoding="UTF-8"?><response>${content}</response>`,
    outcome,
  };
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
