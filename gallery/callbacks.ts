import type { Answers } from './state.ts';

/** What the browser and the worker answer to every page. */
export function callbacksOf({ addSite, permission, command }: Answers = {}) {
  const asked = async (): Promise<boolean> => permission !== 'denied';
  return {
    send: async (): Promise<void> => {
      if (command === 'lost') throw new Error('Nobody is there');
    },
    requestAccess: asked,
    requestNotices: asked,
    requestGuard: asked,
    addSite: async (base: string) => addSite ?? ({ is: 'added', base } as const),
    openOptions: (): void => undefined,
  };
}
