/** Starts a program from its text. The names of `world` are all that it sees of the outside, beside JavaScript. */
export function createStarter(text: string, names: readonly string[]): (world: object) => unknown {
  const start = new Function(...names, text);
  return world => {
    const given = new Map(Object.entries(world));
    return start(...names.map(name => given.get(name)));
  };
}
