import * as v from 'valibot';
import { parseAddress } from '../fogbugz/address.ts';
import { dialects } from '../fogbugz/site.ts';
import { endings, triggers } from '../session/session.ts';
import { maxGraceSeconds, maxIdleMinutes, maxMaxHours, timeOfDay } from '../session/settings.ts';

export const httpUrl = v.pipe(v.string(), v.url(), v.regex(/^https?:/i));
export const time = v.pipe(v.number(), v.finite());
export const trigger = v.picklist(triggers);
const outcome = v.picklist(['logged-off', 'already-off', 'by-page', 'forgotten']);
export const kind = v.picklist(['session', 'api-key']);

export const personSchema = v.object({ name: v.string(), email: v.string() });

const cookieIdentitySchema = v.object({
  storeId: v.string(),
  domain: v.string(),
  hostOnly: v.boolean(),
  path: v.string(),
  partition: v.string(),
});

export const obstacleSchema = v.variant('is', [
  v.object({ is: v.literal('unreachable'), why: v.string() }),
  v.object({ is: v.literal('timed-out'), afterMs: v.number() }),
  v.object({ is: v.literal('redirected') }),
  v.object({ is: v.literal('too-large') }),
  v.object({ is: v.literal('not-fogbugz'), status: v.number() }),
  v.object({ is: v.literal('unavailable'), status: v.number(), retryAfterMs: v.optional(v.number()) }),
  v.object({ is: v.literal('refused'), code: v.number(), message: v.string() }),
  v.object({ is: v.literal('still-alive') }),
  v.object({ is: v.literal('page-still-on') }),
  v.object({ is: v.literal('not-permitted') }),
]);

const attemptSchema = v.variant('is', [
  v.object({ is: v.literal('in-flight') }),
  v.object({ is: v.literal('waiting'), until: time }),
]);

export const openState = v.object({ is: v.literal('open'), inUse: v.boolean() });
export const countingDownState = v.object({ is: v.literal('counting-down'), trigger, until: time });

/** A session as it stands in the storage. The number says which shape; a newer one is set aside, not misread. */
export const storedSessionSchema = v.object({
  version: v.literal(1),
  id: v.string(),
  site: httpUrl,
  token: v.string(),
  source: v.variant('is', [
    v.object({ is: v.literal('web'), cookie: cookieIdentitySchema }),
    v.object({ is: v.literal('logon') }),
    v.object({ is: v.literal('pasted') }),
  ]),
  kind,
  private: v.boolean(),
  since: time,
  person: v.optional(personSchema),
  staysOnce: v.boolean(),
  seenAliveAt: v.optional(time),
  state: v.variant('is', [
    openState,
    countingDownState,
    v.object({
      is: v.literal('owed'),
      trigger,
      since: time,
      attempts: v.number(),
      attempt: attemptSchema,
      obstacle: v.optional(obstacleSchema),
    }),
    v.object({
      is: v.literal('answered'),
      trigger,
      since: time,
      at: time,
      attempts: v.number(),
      checks: v.number(),
      attempt: attemptSchema,
      ended: v.exactOptional(v.picklist(endings)),
    }),
  ]),
});

/** Tokens are sent to the endpoint: it lies where the site does. */
export const siteSchema = v.pipe(
  v.object({
    base: httpUrl,
    dialect: v.picklist(dialects),
    endpoint: httpUrl,
    redirected: v.boolean(),
    webSession: v.exactOptional(v.picklist(['ends-too', 'lives-on'])),
  }),
  v.check(({ base, endpoint }) => new URL(base).origin === new URL(endpoint).origin),
);

export const historyEntrySchema = v.object({
  id: v.string(),
  at: time,
  site: v.string(),
  person: v.string(),
  trigger,
  outcome,
  attempts: v.number(),
  ms: v.number(),
  confirmed: v.boolean(),
  ended: v.exactOptional(v.picklist(endings)),
});

const site = httpUrl;

/** A close drill as it stands in the storage: whose session it is about, and never its token. */
export const drillSchema = v.object({
  session: v.string(),
  site,
  whose: v.picklist(['drill', 'user']),
  stayedOnce: v.boolean(),
  since: time,
  backAt: v.exactOptional(time),
  told: v.boolean(),
  keptByRules: v.boolean(),
  end: v.exactOptional(
    v.object({
      at: time,
      trigger,
      outcome,
      ms: v.number(),
      confirmed: v.boolean(),
      ended: v.exactOptional(v.picklist(endings)),
    }),
  ),
});

/**
 * As it stands in the settings, which come from elsewhere too. With a star for a host, all sites would be asked for;
 * a name before the host would pass for another host; and on demand is reached over TLS alone.
 */
const listedSite = v.pipe(
  site,
  v.regex(/^https?:\/\/[^/*]+\//),
  v.check(base => {
    const parsed = parseAddress(base);
    return parsed.is === 'address' && new URL(parsed.base).origin === new URL(base).origin;
  }),
);
const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

const ruleEntries = {
  lastTab: v.exactOptional(v.boolean()),
  graceSeconds: v.exactOptional(upTo(maxGraceSeconds)),
  browserClose: v.exactOptional(v.boolean()),
  idleMinutes: v.exactOptional(upTo(maxIdleMinutes)),
  lock: v.exactOptional(v.boolean()),
  maxHours: v.exactOptional(upTo(maxMaxHours)),
  dailyAt: v.exactOptional(v.union([v.literal(''), v.pipe(v.string(), v.regex(timeOfDay))])),
};
const simpleEntries = {
  ...ruleEntries,
  toolbarClick: v.exactOptional(v.picklist(['popup', 'log-off'])),
  keepHistory: v.exactOptional(v.boolean()),
  guard: v.exactOptional(v.boolean()),
  notices: v.exactOptional(v.picklist(['none', 'problems', 'all'])),
};

const rulesSchema = v.object(ruleEntries);

/** Every field may be missing: what was never changed is at its default. */
export const settingsSchema = v.object({
  ...simpleEntries,
  ownSites: v.exactOptional(v.array(listedSite)),
  exceptions: v.exactOptional(v.record(v.string(), rulesSchema)),
});

/** When the settings were changed last: a time that dates can hold. */
export const changedAtSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));

/** A part of the settings as they are in `storage.sync`; the text of all parts is the JSON of the settings. */
export const partSchema = v.object({
  version: v.literal(1),
  changedAt: changedAtSchema,
  parts: v.pipe(v.number(), v.integer(), v.minValue(1)),
  text: v.string(),
});

export const commandSchema = v.variant('do', [
  v.object({ do: v.literal('log-off'), id: v.string() }),
  v.object({ do: v.literal('log-off-everywhere') }),
  v.object({ do: v.literal('stay-once'), id: v.string(), on: v.boolean() }),
  v.object({ do: v.literal('keep-on'), id: v.string() }),
  v.object({ do: v.literal('try-now'), id: v.string() }),
  v.object({ do: v.literal('forget'), id: v.string() }),
  v.object({ do: v.literal('revoke-key'), id: v.string() }),
  v.object({ do: v.literal('drop-key'), id: v.string() }),
  v.object({ do: v.literal('change-settings'), change: v.object(simpleEntries) }),
  v.object({ do: v.literal('set-exception'), site, rules: rulesSchema }),
  v.object({ do: v.literal('import-settings'), settings: settingsSchema }),
  v.object({ do: v.literal('remove-site'), base: site }),
  v.object({ do: v.literal('try-guard') }),
  v.object({ do: v.literal('end-drill') }),
  v.object({ do: v.literal('clear-history') }),
]);

const windowKind = v.picklist(['ordinary', 'private']);

export const questionSchema = v.variant('ask', [
  v.object({ ask: v.literal('add-site'), address: v.string() }),
  v.object({
    ask: v.literal('log-on'),
    site,
    email: v.string(),
    password: v.string(),
    page: v.picklist(['too', 'not']),
    window: windowKind,
  }),
  v.object({ ask: v.literal('take-token'), site, token: v.string(), kind, window: windowKind }),
  v.object({
    ask: v.literal('log-on-for-drill'),
    site,
    email: v.string(),
    password: v.string(),
    window: windowKind,
  }),
  v.object({ ask: v.literal('drill-with'), id: v.string() }),
]);

export const deadListSchema = v.object({
  salt: v.string(),
  hashes: v.pipe(v.array(v.object({ hash: v.string(), at: time })), v.readonly()),
});

export const absenceSchema = v.object({ since: time, told: v.pipe(v.array(v.string()), v.readonly()) });
