import { inBrowser } from './playbill.ts';
import { adoption } from './stories/adoption.ts';
import { closing } from './stories/closing.ts';
import { lastTab } from './stories/last-tab.ts';
import { owed } from './stories/owed.ts';

inBrowser('chromium', lastTab, adoption, closing, owed);
