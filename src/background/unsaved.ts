import type { Session } from '../session/session.ts';

/**
 * Saves sessions, and knows those whose last change the disk refused: they are saved again with the next change of
 * anything. `save` takes all of them or none; `session` gives one as it is by now.
 */
export function createUnsaved(
  save: (sessions: readonly Session[]) => Promise<void>,
  session: (id: string) => Session | undefined,
) {
  const unsaved = new Set<string>();

  /** What is refused together may still fit one by one. */
  const refusedOf = async (some: readonly Session[]): Promise<readonly Session[]> => {
    if (await isTaken(some)) return [];
    if (some.length === 1) return some;
    const refused: Session[] = [];
    for (const one of some) if (!(await isTaken([one]))) refused.push(one);
    return refused;
  };
  const isTaken = (some: readonly Session[]): Promise<boolean> =>
    save(some).then(
      () => true,
      (error: unknown) => {
        console.error('The browser could not save a session; trying again with the next change', error);
        return false;
      },
    );

  return {
    /** In one write, with what the disk refused before. */
    async save(changed: readonly Session[]): Promise<void> {
      const left = [...unsaved].flatMap(id => session(id) ?? []);
      const all = [...new Map([...left, ...changed].map(one => [one.id, one])).values()];
      const refused = await refusedOf(all);
      for (const { id } of all) unsaved.delete(id);
      for (const { id } of refused) unsaved.add(id);
    },
    /** The session has ended: nothing of it is to be saved. */
    forget: (id: string): void => void unsaved.delete(id),
    isEmpty: (): boolean => unsaved.size === 0,
  };
}
