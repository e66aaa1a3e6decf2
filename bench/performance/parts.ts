import { click } from './click.ts';
import { close } from './close.ts';
import { death } from './death.ts';
import { growth } from './growth.ts';
import { idle } from './idle.ts';
import { pages } from './pages.ts';
import type { Part } from './part.ts';
import { start } from './start.ts';

export const parts: readonly Part[] = [close, death, click, pages, start, idle, growth];
