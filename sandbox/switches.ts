/**
 * What nobody could look up about FogBugz, as switches. `open` names every such question of docs/wire.md; `switches` has at
 * least one entry for each of them, and the test beside this file holds the three against each other. `question: 'none'` is a
 * switch for something documented in several ways, or for a nastiness that the extension must survive.
 */
export const open = [
  'api-log-off-ends-web',
  'xml-error-status',
  'dead-log-off',
  'content-type',
  'ambiguous-people',
  'web-log-off',
  'cookie-attributes',
  'lifetime',
] as const;

type OpenQuestion = (typeof open)[number];

type SwitchDefinition = {
  readonly question: OpenQuestion | 'none';
  readonly values: readonly [string, string, ...string[]];
  readonly about: string;
};

/** Every switch. The first of its values is the default. */
export const switches = {
  apiLogOffEndsWebSession: {
    question: 'api-log-off-ends-web',
    values: ['yes', 'no'],
    about:
      'whether an API logoff of the web token ends the browser session, or closes the token to the APIs only',
  },
  xmlErrorStatus: {
    question: 'xml-error-status',
    values: ['200', '400'],
    about: 'HTTP status of XML errors',
  },
  deadLogOff: {
    question: 'dead-log-off',
    values: ['error-3', 'empty'],
    about: 'reply to a logoff with a dead or unknown token, in both APIs',
  },
  xmlContentType: {
    question: 'content-type',
    values: ['text/xml', 'text/html', 'application/octet-stream', 'none'],
    about: 'content type of api.xml and of XML replies',
  },
  ambiguousPeople: {
    question: 'ambiguous-people',
    values: ['data', 'top-level'],
    about: 'where the JSON reply to an ambiguous logon lists the people',
  },
  webLogOff: {
    question: 'web-log-off',
    values: ['get', 'post', 'post-with-verification'],
    about: 'what pre=preLogOff wants before it logs off; a GET shows a form when it wants a POST',
  },
  fbTokenHttpOnly: { question: 'cookie-attributes', values: ['yes', 'no'], about: 'HttpOnly on fbToken' },
  fbTokenSecure: {
    question: 'cookie-attributes',
    values: ['yes', 'no'],
    about: 'Secure on fbToken (only with TLS)',
  },
  fbTokenDomain: {
    question: 'cookie-attributes',
    values: ['host-only', 'domain-wide'],
    about: 'fbToken for the host alone, or for its whole parent domain',
  },
  fbTokenExpiry: {
    question: 'cookie-attributes',
    values: ['as-asked', 'session', 'persistent', '3s'],
    about: 'fbToken persistent if "Remember me" was ticked, never, always, or for three seconds',
  },
  lifetime: {
    question: 'lifetime',
    values: ['none', '5s', '8h'],
    about: 'how long a token lives at most, keys excepted',
  },
  idleTimeout: {
    question: 'lifetime',
    values: ['none', '5s', '20min'],
    about: 'how long a token lives without being used, keys excepted',
  },

  cookieBeatsBody: {
    question: 'none',
    values: ['no', 'yes'],
    about: 'an API call that carries the fbToken cookie acts on it and not on the token in the body',
  },
  logOffReplyCookie: {
    question: 'none',
    values: ['none', 'sets', 'clears'],
    about: 'the reply to an API logoff sets fbToken to the token it logged off, or clears it',
  },
  webLogOffCookie: {
    question: 'none',
    values: ['clears', 'keeps'],
    about: 'whether the web log-off clears fbToken',
  },
  pageRefreshesCookie: {
    question: 'none',
    values: ['no', 'yes'],
    about: 'every page for a live session sets fbToken again, to the value that the request brought',
  },
  logOnPage: {
    question: 'none',
    values: ['/login', 'default.asp?pre=preLogon'],
    about: 'address of the log-on page',
  },
  xmlEndpoint: {
    question: 'none',
    values: ['api.asp?', 'api.php?', 'api.asp?id=xxxx&'],
    about: 'the url that api.xml gives; the others do not answer then',
  },
  jsonApi: {
    question: 'none',
    values: ['yes', 'no'],
    about: '"FogBugz for Your Server" 8.8 and before have none: 404',
  },
  jsonErrorStatus: { question: 'none', values: ['400', '200'], about: 'HTTP status of JSON errors' },
  jsonErrorCode: { question: 'none', values: ['string', 'number'], about: 'type of `code` in JSON errors' },
  jsonLogOffData: {
    question: 'none',
    values: ['object', 'null', 'missing'],
    about: '`data` in the reply to a JSON logoff',
  },
  jsonPerson: {
    question: 'none',
    values: ['object', 'array', 'people'],
    about: 'viewPerson in JSON: data.person as an object, as an array, or data.people[]',
  },
  twoFactorCode: {
    question: 'none',
    values: ['29', '1'],
    about: 'error code of an API logon with two-factor on',
  },
  tokenCdata: { question: 'none', values: ['yes', 'no'], about: 'the token of an XML logon in CDATA' },
  byteOrderMark: { question: 'none', values: ['no', 'yes'], about: 'a byte order mark before XML replies' },
  tokenLength: { question: 'none', values: ['30', '16'], about: 'characters of new tokens' },
} as const satisfies Record<string, SwitchDefinition>;

export type SwitchName = keyof typeof switches;
/** A value for each switch. */
export type SwitchValues = { [Name in SwitchName]: (typeof switches)[Name]['values'][number] };

/** The names of all switches. */
export const switchNames: readonly SwitchName[] = Object.keys(switches).filter(isSwitchName);

function isSwitchName(text: string): text is SwitchName {
  return Object.hasOwn(switches, text);
}

/** The values that a switch can take; the first is its default. */
export function valuesOf(name: SwitchName): readonly string[] {
  return switches[name].values;
}

/** Every switch at its default. */
export function defaultSwitches(): SwitchValues {
  const values: Record<string, string> = {};
  for (const name of switchNames) values[name] = switches[name].values[0];
  if (!areSwitchValues(values)) throw new Error('A switch has a default that is not one of its values');
  return values;
}

/**
 * `values` with one switch changed.
 *
 * @throws {RangeError} naming what is known, if the switch or the value is not.
 */
export function withSwitch(values: SwitchValues, name: string, value: string): SwitchValues {
  if (!isSwitchName(name)) {
    throw new RangeError(`No switch "${name}". Switches: ${switchNames.join(', ')}`);
  }
  const changed = { ...values, [name]: value };
  if (!areSwitchValues(changed)) {
    throw new RangeError(`Switch ${name} has no value "${value}". Values: ${valuesOf(name).join(', ')}`);
  }
  return changed;
}

function areSwitchValues(values: Record<string, string>): values is SwitchValues {
  return switchNames.every(name => valuesOf(name).some(value => value === values[name]));
}

/** One setting of one switch, for a test that runs the same story under each. */
export type Variation = {
  readonly name: SwitchName;
  readonly value: string;
  readonly question: OpenQuestion | 'none';
};

/** Every switch with every value it has, defaults included. */
export function variations(): readonly Variation[] {
  return switchNames.flatMap(name =>
    valuesOf(name).map(value => ({ name, value, question: switches[name].question })),
  );
}
