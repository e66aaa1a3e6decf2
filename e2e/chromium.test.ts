import { inBrowser } from './playbill.ts';
import { adoption } from './stories/adoption.ts';
import { clicks } from './stories/clicks.ts';
import { closing } from './stories/closing.ts';
import { lastTab } from './stories/last-tab.ts';
import { owed } from './stories/owed.ts';
import { switches } from './stories/switches.ts';
import { updates } from './stories/updates.ts';

inBrowser('chromium', clicks, updates, lastTab, adoption, closing, owed, switches);
