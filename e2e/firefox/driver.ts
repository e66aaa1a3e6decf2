/** Calls the functions of `inside.js` in the running browser. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { within } from '../until.ts';
import { type Marionette, RemoteError } from './marionette.ts';

const inside = readFileSync(new URL('./inside.js', import.meta.url), 'utf8');
const value = v.object({ value: v.unknown() });

/** Where a page is: in a tab (by the extension API's id), or a view of the extension. */
export type Where = { readonly tab: number } | { readonly view: 'popup' | 'background' };

export type Driver = {
  /** Calls a function of `inside.js`; its answer is parsed with the schema. */
  call<Schema extends v.GenericSchema>(
    schema: Schema,
    name: string,
    ...args: readonly unknown[]
  ): Promise<v.InferOutput<Schema>>;
  /** The same for a function without an answer. */
  tell(name: string, ...args: readonly unknown[]): Promise<void>;
};

/** Opens the session and gives the driver. Waits, inside Firefox, for its first window. */
export async function startDriver(marionette: Marionette): Promise<Driver> {
  const capabilities = { alwaysMatch: { unhandledPromptBehavior: 'ignore', timeouts: { script: 60_000 } } };
  await within('a session with Firefox', marionette.send('WebDriver:NewSession', { capabilities }), 60_000);
  await marionette.send('Marionette:SetContext', { value: 'chrome' });

  const execute = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const script = `const [name, ...args] = arguments; const inside = ${inside}\nreturn inside[name](...args);`;
    const parameters = {
      script,
      args: [name, ...args],
      sandbox: 'system',
      newSandbox: true,
      filename: 'inside.js',
    };
    const ask = () =>
      within(`Firefox to ${name}`, marionette.send('WebDriver:ExecuteScript', parameters), 65_000);
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RemoteError && error.kind === 'no such window')) throw error;
    }
    // The window that the session looked at was closed: any other serves.
    const [handle] = v.parse(v.array(v.string()), await marionette.send('WebDriver:GetWindowHandles'));
    if (handle === undefined) throw new Error(`Firefox has no window left in which to ${name}`);
    await marionette.send('WebDriver:SwitchToWindow', { handle, focus: false });
    return ask();
  };

  const call: Driver['call'] = async (schema, name, ...args) =>
    v.parse(schema, v.parse(value, await execute(name, args)).value);
  return {
    call,
    async tell(name, ...args) {
      await execute(name, args);
    },
  };
}
