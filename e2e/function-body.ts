import { Script } from 'node:vm';

/**
 * The source of a call to run in a page or worker, from an expression or the body of an async function.
 * Either sees its JSON input as `argument`.
 */
export function callOf(body: string, argument?: unknown): string {
  const expression = body.trim().replace(/;$/, '');
  const statements = compiles(`async argument => (${expression}\n)`) ? `return (${expression}\n);` : body;
  return `(async argument => {${statements}\n})(${JSON.stringify(argument) ?? 'undefined'})`;
}

function compiles(source: string): boolean {
  try {
    return Boolean(new Script(source));
  } catch {
    return false;
  }
}
