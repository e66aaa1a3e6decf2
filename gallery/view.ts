import * as v from 'valibot';

const viewSchema = v.object({
  /** The name of a state of the page. */
  state: v.string(),
  scheme: v.optional(v.picklist(['light', 'dark']), 'light'),
  dir: v.exactOptional(v.picklist(['ltr', 'rtl'])),
  /** Size of the letters in per cent. */
  text: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.number()), 100),
});

/** Which state to show, and how. Without a direction, that of the language. */
export type View = v.InferInput<typeof viewSchema>;

/** From an address's query, or from a test. */
export function readView(input: unknown): v.InferOutput<typeof viewSchema> {
  return v.parse(viewSchema, input);
}
