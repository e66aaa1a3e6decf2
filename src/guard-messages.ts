import * as v from 'valibot';

/**
 * What the extension and the Guard say to each other over native messaging. Both sides parse by these schemas. A
 * message's unknown fields are dropped, so a side that is newer may say more; whatever changes the meaning of what
 * is there raises `protocolVersion`. The two messages named `hello` keep their fields for ever: by them the versions
 * are compared.
 */
export const protocolVersion = 1;

/** The name that `runtime.connectNative` asks for, and that the host manifests carry. */
export const hostName = 'com.fogbugz_tools.logoff_on_close';

/** The extensions that may call the Guard, where the installer was told of no others. */
export const geckoIds: readonly string[] = ['logoff-on-close@fogbugz-tools.example'];
/** The unpacked build, by the `key` in manifest.json. The stores give ids of their own: add them here. */
export const chromiumIds: readonly string[] = ['einakjaigclbhanneiippbjebhnkafbm'];

/** The npm package that brings the Guard: `npx <packageName> install`. */
export const packageName = '@fogbugz-tools/logoff-guard';

/**
 * Where users get it. `npm` not before the package is there: until then its name is anybody's to take, and whoever ran
 * `npx` would run whatever they put under it.
 */
export const guardComesFrom: 'npm' | 'file' = 'file';

/** One frame from the extension to the Guard, in bytes of JSON. The browser's own limit the other way is as large. */
export const longestMessage = 1024 * 1024;

/** How long an extension may stay away while its browser lives before the Guard logs off what it left, in ms. */
export const returnWithinMs = 90_000;

/** How many sessions one Guard takes into its care. */
export const mostSessions = 1000;

const httpUrl = v.pipe(v.string(), v.maxLength(2048), v.url(), v.regex(/^https?:/i));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const version = v.pipe(v.string(), v.maxLength(64));

/** Any id that the extension gives its session. */
export const sessionIdSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

/**
 * A random id that the extension makes once for each browser profile and keeps in `storage.local`. It says which
 * Guard is the successor of which, and whose receipts are whose.
 */
export const profileSchema = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/));

/**
 * Where a log-off is sent, and `base`, from which a site that has moved is found out again. A token goes to its own site:
 * the endpoint has the origin of the base.
 */
export const guardedSiteSchema = v.pipe(
  v.object({
    base: httpUrl,
    dialect: v.picklist(['json', 'xml']),
    endpoint: httpUrl,
    redirected: v.boolean(),
  }),
  v.check(({ base, endpoint }) => new URL(base).origin === new URL(endpoint).origin),
);

/** From the extension, first of all. The Guard answers it whatever the versions are. */
const helloSchema = v.object({
  do: v.literal('hello'),
  protocol: count,
  /** The extension's own version, for people. */
  version,
  profile: profileSchema,
  /**
   * Every session that will be armed right after this. When each of them has been armed or disarmed, this Guard has
   * taken over from the one before, which then drops what it held: the list must be complete.
   */
  sessions: v.pipe(v.array(sessionIdSchema), v.maxLength(mostSessions)),
});

const armSchema = v.object({
  do: v.literal('arm'),
  session: sessionIdSchema,
  site: guardedSiteSchema,
  token: v.pipe(v.string(), v.regex(/^[!-~]{8,256}$/)),
  /** Of a private window: no receipt is left of it, because nothing of those windows may come to the disk. */
  private: v.optional(v.boolean()),
});

/** Extension → Guard. */
export const requestSchema = v.variant('do', [
  helloSchema,
  /** Takes a session into care and asks its site, without the token, whether it can be reached. Again is welcome. */
  armSchema,
  /** The session was answered, or is no longer to be logged off by anybody but its user. */
  v.object({ do: v.literal('disarm'), session: sessionIdSchema }),
  v.object({ do: v.literal('receipts') }),
  /** The receipts of these sessions have been read and may go. */
  v.object({
    do: v.literal('acknowledge'),
    sessions: v.pipe(v.array(sessionIdSchema), v.maxLength(mostSessions)),
  }),
  v.object({ do: v.literal('status') }),
  /** Answered before a hello too: an extension asks it to learn whether it may say that it is back. */
  v.object({ do: v.literal('which-browser') }),
]);

/** What became of a session in the Guard's care. */
export const receiptSchema = v.object({
  session: sessionIdSchema,
  /** `gave-up`: no answer for 24 h. The log-off stays owed. */
  outcome: v.picklist(['logged-off', 'already-off', 'gave-up']),
  /** ms since the epoch. */
  at: v.number(),
  /** ms from the end, as named by `ended`, to the answer. */
  msAfterEnd: count,
  /** Attempts that were made for it. */
  attempts: count,
  /**
   * `browser-died`: it was dead when the pipe closed, so it was killed, crashed, or ended by a signal.
   * `browser-closed`: the pipe closed first. `extension-gone`: the browser lives, and the extension did not come back.
   * `shutting-down`: somebody ended the Guard while it waited.
   */
  ended: v.picklist(['browser-died', 'browser-closed', 'extension-gone', 'shutting-down']),
});

/** What a log-off would meet at the site now: whether the Guard may promise to reach it, and why not. */
const probeSchema = v.variant('is', [
  v.object({ is: v.literal('ok') }),
  v.object({
    is: v.literal('failed'),
    why: v.picklist([
      'unreachable',
      'timed-out',
      'redirected',
      'too-large',
      'not-fogbugz',
      'unavailable',
      'refused',
    ]),
    /** For people, in English: which certificate, name or connection it was. May be empty. */
    detail: v.string(),
  }),
]);

/** How the two versions fit: the one named is to be brought up to date, and the Guard takes no session until then. */
const fitSchema = v.picklist(['fits', 'guard-outdated', 'extension-outdated']);

/** Guard → extension. */
export const replySchema = v.variant('is', [
  v.object({ is: v.literal('hello'), protocol: count, version, fit: fitSchema }),
  v.object({ is: v.literal('armed'), session: sessionIdSchema, probe: probeSchema }),
  v.object({ is: v.literal('receipts'), receipts: v.array(receiptSchema) }),
  v.object({ is: v.literal('status'), armed: v.array(sessionIdSchema) }),
  /** `run` names the browser's process, and no other that ever was; missing where nobody can tell. */
  v.object({ is: v.literal('browser'), run: v.optional(v.pipe(v.string(), v.maxLength(128))) }),
  v.object({
    is: v.literal('refused'),
    /**
     * `hello-first`: nothing is done for somebody who hasn't said hello. `outdated`: the versions don't fit.
     * `caller`: this extension is not on the list that the Guard was installed with.
     */
    why: v.picklist(['too-long', 'broken', 'unknown', 'hello-first', 'outdated', 'full', 'caller']),
  }),
]);

export type GuardRequest = v.InferOutput<typeof requestSchema>;
export type GuardReply = v.InferOutput<typeof replySchema>;
export type Receipt = v.InferOutput<typeof receiptSchema>;
export type Probe = v.InferOutput<typeof probeSchema>;

/** How a side that speaks `theirs` fits to a Guard that speaks `protocolVersion`. */
export function fitOf(theirs: number): v.InferOutput<typeof fitSchema> {
  if (theirs === protocolVersion) return 'fits';
  return theirs > protocolVersion ? 'guard-outdated' : 'extension-outdated';
}
