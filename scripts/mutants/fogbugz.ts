import type { Mistake } from '../../simulation/bundles.ts';

export const fogbugz: Readonly<Record<string, Mistake>> = {
  'address: with a password in it': {
    file: 'src/fogbugz/address.ts',
    find: "if (url.username || url.password) return { is: 'bad-address', why: 'credentials' };",
    replace: '',
  },
  'answer: names of many lines': {
    file: 'src/fogbugz/answer.ts',
    find: "name !== '' && name.length <= longestName && name === asLine(name)",
    replace: "name !== '' && name.length <= longestName",
  },
  'ask: no reply is a yes': {
    file: 'src/fogbugz/ask.ts',
    find: "return reply.is === 'reply' ? readReply(site.dialect, reply) : reply;",
    replace: "return reply.is === 'reply' ? readReply(site.dialect, reply) : { is: 'yes' } as never;",
  },
  'xml tree: entities of the document are let through': {
    file: 'src/fogbugz/xml-tree.ts',
    find: 'if (strange.test(text)) return undefined;',
    replace: '',
  },
  'check: every no means dead': {
    file: 'src/fogbugz/check.ts',
    find: "answer.code === errorCodes.notLoggedOn ? { is: 'dead' }",
    replace: "answer.code > 0 ? { is: 'dead' }",
  },
  'discover: another origin for the API': {
    file: 'src/fogbugz/discover.ts',
    find: 'url.origin !== new URL(base).origin || url.username',
    replace: 'url.username',
  },
  'error codes: another means not logged on': {
    file: 'src/fogbugz/error-codes.ts',
    find: 'notLoggedOn: 3',
    replace: 'notLoggedOn: 5',
  },
  'json: anything is an answer': {
    file: 'src/fogbugz/json.ts',
    find: 'check(({ data, meta }) => data !== undefined || meta !== undefined),',
    replace: 'check(() => true),',
  },
  'library: any text is a token': {
    file: 'src/fogbugz/library.ts',
    find: "if (!token) return { is: 'not-a-token' };",
    replace: "if (!token) throw new Error('not a token');",
  },
  'log-off: silence is an answer': {
    file: 'src/fogbugz/log-off.ts',
    find: "(await check(site, token, options)).is === 'dead'",
    replace: "(await check(site, token, options)).is !== 'alive'",
  },
  'log-off where it is: not found again by another program at its place': {
    file: 'src/fogbugz/log-off-where-it-is.ts',
    find: "outcome.is === 'not-fogbugz' || outcome.is === 'redirected'",
    replace: "outcome.is === 'redirected'",
  },
  'log-off where it is: an address that lacks something is the right one': {
    file: 'src/fogbugz/log-off-where-it-is.ts',
    find: "return outcome.is === 'refused' && outcome.code === errorCodes.argumentMissing;",
    replace: 'return false;',
  },
  'log-off where it is: where it was counts as a move': {
    file: 'src/fogbugz/log-off-where-it-is.ts',
    find: 'return found.endpoint !== former.endpoint;',
    replace: 'return true;',
  },
  'log-on: without a token': {
    file: 'src/fogbugz/log-on.ts',
    find: "return token ? { is: 'logged-on', token } : { is: 'not-fogbugz', status: 200 };",
    replace: "return token ? { is: 'logged-on', token } : { is: 'not-fogbugz', status: 500 };",
  },
  'person: nobody is somebody': {
    file: 'src/fogbugz/person.ts',
    find: "return answer.code === errorCodes.notLoggedOn ? { is: 'not-logged-on' }",
    replace: "return answer.code === 0 ? { is: 'not-logged-on' }",
  },
  'probe: redirects go unnoticed': {
    file: 'src/fogbugz/probe.ts',
    find: 'redirected: hops > 0',
    replace: 'redirected: false',
  },
  'request: a token for the probe': {
    file: 'src/fogbugz/request.ts',
    find: "return commandRequest(target, 'viewPerson', {});",
    replace: "return commandRequest(target, 'viewPerson', { token: 'probing!' });",
  },
  'request: an apostrophe ends the quotation': {
    file: 'src/fogbugz/request.ts',
    find: "text.replaceAll(\"'\", `'\\\\''`)",
    replace: 'text',
  },
  'text within: no limit': {
    file: 'src/fogbugz/text-within.ts',
    find: 'if (size > limit) {',
    replace: 'if (size > limit * 1000) {',
  },
  'unreachable: inherited words': {
    file: 'src/fogbugz/unreachable.ts',
    find: 'Object.hasOwn(reasons, code) && reasons[code]',
    replace: 'reasons[code]',
  },
  'web page: any page is the log-on': {
    file: 'src/fogbugz/web-page.ts',
    find: ' || /<input[^<>]+name=["\']?sPassword\\b/i.test(text)',
    replace: ' || text.length > 0',
  },
  'xml: errors go unread': {
    file: 'src/fogbugz/xml.ts',
    find: '    if (error) {',
    replace: "    if (error && textOf(response, 'error') === '') {",
  },
};
