import { covered, turnGuardOn } from '../../e2e/guarding.ts';
import type { Stage } from '../../e2e/stage.ts';

/** Logs on in the tab that the browser began with; gives the token. */
export async function logOnInFirstTab(stage: Stage): Promise<string> {
  const [tab] = await stage.browser.tabs();
  const { token } = await stage.logOn('acme', tab ? { tab } : {});
  return token;
}

/** The same with the Guard turned on before, and its session covered. */
export async function logOnGuarded(stage: Stage): Promise<string> {
  await turnGuardOn(stage);
  const token = await logOnInFirstTab(stage);
  await covered(stage);
  return token;
}
