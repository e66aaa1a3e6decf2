import * as v from 'valibot';
import {
  countingDownState,
  httpUrl,
  kind,
  obstacleSchema,
  openState,
  personSchema,
  time,
  trigger,
} from './schemas.ts';

// What only pages read. It has a file of its own so that the worker, which parses all that it imports, has none of it.

export const backupSchema = v.object({
  format: v.literal('logoff-on-close-settings'),
  version: v.number(),
  settings: v.record(v.string(), v.unknown()),
});

export const viewSchema = v.object({
  id: v.string(),
  site: v.string(),
  source: v.picklist(['web', 'logon', 'pasted']),
  kind,
  private: v.boolean(),
  container: v.boolean(),
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
      nextTryAt: v.optional(time),
      obstacle: v.optional(obstacleSchema),
    }),
    v.object({ is: v.literal('answered'), trigger, at: time }),
  ]),
});

const failed = v.object({ is: v.literal('failed'), obstacle: obstacleSchema });

export const siteAddedSchema = v.variant('is', [
  v.object({ is: v.literal('added'), base: httpUrl }),
  v.object({ is: v.literal('moved'), to: v.optional(v.string()) }),
  v.object({ is: v.literal('bad-address') }),
  failed,
]);

const notLoggedOn = [
  v.object({ is: v.literal('ambiguous'), people: v.array(v.string()) }),
  v.object({ is: v.literal('wrong-password') }),
  v.object({ is: v.literal('two-factor') }),
  failed,
] as const;

export const loggedOnSchema = v.variant('is', [
  v.object({ is: v.literal('logged-on') }),
  v.object({ is: v.literal('page-not') }),
  ...notLoggedOn,
]);

export const drillBegunSchema = v.variant('is', [
  v.object({ is: v.literal('begun') }),
  v.object({
    is: v.literal('unfit'),
    why: v.picklist(['api-key', 'private', 'kept-by-rules', 'ended']),
  }),
  ...notLoggedOn,
]);

export const tokenTakenSchema = v.variant('is', [
  v.object({ is: v.literal('taken') }),
  v.object({ is: v.literal('known') }),
  v.object({ is: v.literal('not-a-token') }),
  v.object({ is: v.literal('dead') }),
  failed,
]);

const guarded = v.picklist([
  'asking',
  'ok',
  'unreachable',
  'timed-out',
  'redirected',
  'too-large',
  'not-fogbugz',
  'unavailable',
  'refused',
]);

export const guardingSchema = v.variant('is', [
  v.object({ is: v.literal('off') }),
  v.object({ is: v.literal('resting') }),
  v.object({ is: v.literal('connecting') }),
  v.object({ is: v.literal('connected'), version: v.string(), sessions: v.record(v.string(), guarded) }),
  v.object({ is: v.literal('missing') }),
  v.object({ is: v.picklist(['guard-outdated', 'extension-outdated']), version: v.string() }),
  v.object({ is: v.literal('refuses') }),
  v.object({ is: v.literal('not-permitted') }),
]);
