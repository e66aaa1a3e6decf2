import {
  array,
  check,
  fallback,
  type InferOutput,
  nullish,
  number,
  object,
  optional,
  pipe,
  safeParse,
  string,
  union,
  unknown,
} from 'valibot';
import { type Answer, codeOf, namesOf, personOf } from './answer.ts';

const person = object({ sFullName: fallback(string(), ''), sEmail: fallback(string(), '') });
/** Their place and their form are unsourced: at the top or in `data`, names or persons. */
const people = fallback(array(fallback(union([string(), person]), '')), []);

const data = object({
  token: fallback(optional(string()), undefined),
  person: fallback(union([array(person), person]), []),
  people,
});

const error = object({ message: fallback(string(), ''), code: optional(unknown()) });

/**
 * The envelope of every JSON reply. `errors` makes it one, with `data` or `meta` beside it, so that another program's
 * JSON never counts as a log-off; nothing else is insisted on, so that a detail never hides a success.
 */
const envelope = pipe(
  object({
    data: fallback(nullish(data), undefined),
    errors: array(fallback(error, { message: '', code: undefined })),
    warnings: optional(unknown()),
    meta: fallback(
      nullish(
        object({
          jsdbInvalidator: optional(unknown()),
          clientVersionAllowed: fallback(nullish(object({ min: number(), max: number() })), undefined),
        }),
      ),
      undefined,
    ),
    /** An HTTP status, not a FogBugz error code. */
    errorCode: fallback(nullish(number()), undefined),
    maxCacheAge: optional(unknown()),
    people,
  }),
  check(({ data, meta }) => data !== undefined || meta !== undefined),
);

/** Reads a reply of the JSON API: an envelope. `undefined` when it isn't one. */
export function readJson(text: string): Answer | undefined {
  const parsed = safeParse(envelope, jsonOf(text));
  if (!parsed.success) return undefined;
  const { data, errors, errorCode, people } = parsed.output;
  const [first] = errors;
  if (first || (errorCode ?? 0) >= 400) {
    return {
      is: 'no',
      code: codeOf(first?.code),
      message: first?.message ?? '',
      people: namesOf([...people, ...(data?.people ?? [])].map(nameOf)),
    };
  }
  const someone = [data?.person ?? [], ...(data?.people ?? [])].flat().find(isPerson);
  return {
    is: 'yes',
    token: data?.token,
    person: someone && personOf(someone.sFullName, someone.sEmail),
  };
}

type Person = InferOutput<typeof person>;

function isPerson(someone: string | Person): someone is Person {
  return typeof someone !== 'string';
}

function nameOf(someone: string | Person): string {
  return isPerson(someone) ? someone.sFullName : someone;
}

function jsonOf(text: string): unknown {
  try {
    // JSON.parse refuses a byte order mark; trim takes it for a space.
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}
