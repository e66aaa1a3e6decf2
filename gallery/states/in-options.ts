import type { Face } from '../../src/browser/face.ts';
import { defaultSettings, type Settings } from '../../src/session/settings.ts';
import { faceWith, own, plain } from '../faces.ts';
import type { State } from '../state.ts';

/** Makes states of the options, for one sheet. */
export const inOptions =
  (group: string) =>
  (name: string, title: string, face: Partial<Face>, more: Partial<State> = {}): State => ({
    page: 'options',
    group,
    name,
    title,
    face: faceWith(face),
    ...more,
  });

export const ownRules: Settings = {
  ...defaultSettings,
  idleMinutes: 15,
  lock: true,
  maxHours: 8,
  dailyAt: '18:00',
  ownSites: [own, plain],
  exceptions: { [own]: { lastTab: false } },
};
