import { guardian } from './guardian.ts';
import type { Happening } from './happening.ts';
import { machine } from './machine.ts';
import { pages } from './pages.ts';
import { trouble } from './trouble.ts';
import { user } from './user.ts';

export const happenings: ReadonlyMap<string, Happening> = new Map<string, Happening>([
  ...Object.entries(pages),
  ...Object.entries(user),
  ...Object.entries(machine),
  ...Object.entries(trouble),
  ...Object.entries(guardian),
]);
