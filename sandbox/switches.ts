/**
 * What nobody could look up about FogBugz, as switches. `marks` copies every statement of the wire description that
 * stands on inference `[I]` or on no source at all `[?]`; `switches` has at least one entry for each of them, and the
 * test beside this file holds the two against each other. `mark: 'none'` is a switch for something documented in
 * several ways, or for a nastiness that the extension must survive.
 */
export const marks = {
  'api-log-off-ends-web': {
    mark: '[I]',
    quote: 'So an API `logoff` of that value ends the browser session too',
  },
  'xml-error-status': { mark: '[I from three clients]', quote: 'XML errors come with **HTTP 200**' },
  'dead-log-off': { mark: '[?]', quote: 'With a dead token: error 3 or an empty reply' },
  'content-type': { mark: '[?]', quote: "The reply's content type is not to be relied on" },
  'ambiguous-people': {
    mark: '[?]',
    quote: 'Ambiguous logon in JSON: `people` as a list at the top level or in `data`',
  },
  'web-log-off': { mark: '[?]', quote: 'in the newest interface it may want more than a GET' },
  'cookie-attributes': { mark: '[?]', quote: 'Only **`fbToken`** means "logged on". Its attributes:' },
  lifetime: { mark: '[?]', quote: 'Lifetime and idle time-out are site settings, lengths unknown' },
} as const satisfies Record<string, { readonly mark: string; readonly quote: string }>;

type MarkKey = keyof typeof marks;

type SwitchDefinition = {
  readonly mark: MarkKey | 'none';
  readonly values: readonly [string, string, ...string[]];
  readonly about: string;
};

/** Every switch. The first of its values is the default. */
export const switches = {
  apiLogOffEndsWebSession: {
    mark: 'api-log-off-ends-web',
    values: ['yes', 'no'],
    about:
      'whether an API logoff of the web token ends the browser session, or closes the token to the APIs only',
  },
  xmlErrorStatus: { mark: 'xml-error-status', values: ['200', '400'], about: 'HTTP status of XML errors' },
  deadLogOff: {
    mark: 'dead-log-off',
    values: ['error-3', 'empty'],
    about: 'reply to a logoff with a dead or unknown token, in both APIs',
  },
  xmlContentType: {
    mark: 'content-type',
    values: ['text/xml', 'text/html', 'application/octet-stream', 'none'],
    about: 'content type of api.xml and of XML replies',
  },
  ambiguousPeople: {
    mark: 'ambiguous-people',
    values: ['data', 'top-level'],
    about: 'where the JSON reply to an ambiguous logon lists the people',
  },
  webLogOff: {
    mark: 'web-log-off',
    values: ['get', 'post', 'post-with-verification'],
    about: 'what pre=preLogOff wants before it logs off; a GET shows a form when it wants a POST',
  },
  fbTokenHttpOnly: { mark: 'cookie-attributes', values: ['yes', 'no'], about: 'HttpOnly on fbToken' },
  fbTokenSecure: {
    mark: 'cookie-attributes',
    values: ['yes', 'no'],
    about: 'Secure on fbToken (only with TLS)',
  },
  fbTokenDomain: {
    mark: 'cookie-attributes',
    values: ['host-only', 'domain-wide'],
    about: 'fbToken for the host alone, or for its whole parent domain',
  },
  fbTokenExpiry: {
    mark: 'cookie-attributes',
    values: ['as-asked', 'session', 'persistent', '3s'],
    about: 'fbToken persistent if "Remember me" was ticked, never, always, or for three seconds',
  },
  lifetime: {
    mark: 'lifetime',
    values: ['none', '5s', '8h'],
    about: 'how long a token lives at most, keys excepted',
  },
  idleTimeout: {
    mark: 'lifetime',
    values: ['none', '5s', '20min'],
    about: 'how long a token lives without being used, keys excepted',
  },

  cookieBeatsBody: {
    mark: 'none',
    values: ['no', 'yes'],
    about: 'an API call that carries the fbToken cookie acts on it and not on the token in the body',
  },
  logOffReplyCookie: {
    mark: 'none',
    values: ['none', 'sets', 'clears'],
    about: 'the reply to an API logoff sets fbToken to the token it logged off, or clears it',
  },
  webLogOffCookie: {
    mark: 'none',
    values: ['clears', 'keeps'],
    about: 'whether the web log-off clears fbToken',
  },
  pageRefreshesCookie: {
    mark: 'none',
    values: ['no', 'yes'],
    about: 'every page for a live session sets fbToken again, to the value that the request brought',
  },
  logOnPage: {
    mark: 'none',
    values: ['/login', 'default.asp?pre=preLogon'],
    about: 'address of the log-on page',
  },
  xmlEndpoint: {
    mark: 'none',
    values: ['api.asp?', 'api.php?', 'api.asp?id=xxxx&'],
    about: 'the url that api.xml gives; the others do not answer then',
  },
  jsonApi: {
    mark: 'none',
    values: ['yes', 'no'],
    about: '"FogBugz for Your Server" 8.8 and before have none: 404',
  },
  jsonErrorStatus: { mark: 'none', values: ['400', '200'], about: 'HTTP status of JSON errors' },
  jsonErrorCode: { mark: 'none', values: ['string', 'number'], about: 'type of `code` in JSON errors' },
  jsonLogOffData: {
    mark: 'none',
    values: ['object', 'null', 'missing'],
    about: '`data` in the reply to a JSON logoff',
  },
  jsonPerson: {
    mark: 'none',
    values: ['object', 'array', 'people'],
    about: 'viewPerson in JSON: data.person as an object, as an array, or data.people[]',
  },
  twoFactorCode: {
    mark: 'none',
    values: ['29', '1'],
    about: 'error code of an API logon with two-factor on',
  },
  tokenCdata: { mark: 'none', values: ['yes', 'no'], about: 'the token of an XML logon in CDATA' },
  byteOrderMark: { mark: 'none', values: ['no', 'yes'], about: 'a byte order mark before XML replies' },
  tokenLength: { mark: 'none', values: ['30', '16'], about: 'characters of new tokens' },
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
  readonly mark: MarkKey | 'none';
};

/** Every switch with every value it has, defaults included. */
export function variations(): readonly Variation[] {
  return switchNames.flatMap(name =>
    valuesOf(name).map(value => ({ name, value, mark: switches[name].mark })),
  );
}
