import { inBrowser } from './playbill.ts';
import { stories } from './stories/all.ts';

inBrowser('firefox', ...stories);
