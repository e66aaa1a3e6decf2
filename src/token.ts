/**
 * A FogBugz token: printable ASCII without spaces, 8 to 256 characters (every real one seen is 30 of `0-9a-v`).
 *
 * It is an object, so that formatting, logging or serialising one by accident shows `••••` and never the value.
 * `reveal` is the only way out; search for it to find every place where a token leaves the worker's memory.
 */
export class Token {
  private constructor(value: string) {
    values.set(this, value);
  }

  /** `undefined` when the text can't be a token. */
  static parse(text: string): Token | undefined {
    return /^[!-~]{8,256}$/.test(text) ? new Token(text) : undefined;
  }

  /** The value itself, for a request to the token's own site or for trusted storage. */
  reveal(): string {
    return values.get(this) ?? '';
  }

  equals(other: Token): boolean {
    return this.reveal() === other.reveal();
  }

  toString(): string {
    return '••••';
  }

  toJSON(): string {
    return '••••';
  }
}

/** Beside the tokens and not in them: a debugger that shows an object shows its private fields too. */
const values = new WeakMap<Token, string>();
