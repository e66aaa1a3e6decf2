import { inBrowser } from './playbill.ts';
import { adoption } from './stories/adoption.ts';
import { away } from './stories/away.ts';
import { clicks } from './stories/clicks.ts';
import { closing } from './stories/closing.ts';
import { guard } from './stories/guard.ts';
import { lastTab } from './stories/last-tab.ts';
import { layers } from './stories/layers.ts';
import { loggingOn } from './stories/logging-on.ts';
import { owed } from './stories/owed.ts';
import { ownServers } from './stories/own-servers.ts';
import { pages } from './stories/pages.ts';
import { hopeless, permissions } from './stories/permissions.ts';
import { privateWindows } from './stories/private-windows.ts';
import { settings } from './stories/settings.ts';
import { switches } from './stories/switches.ts';
import { updates } from './stories/updates.ts';

inBrowser(
  'chromium',
  clicks,
  loggingOn,
  updates,
  permissions,
  lastTab,
  adoption,
  privateWindows,
  ownServers,
  away,
  closing,
  layers,
  owed,
  hopeless,
  guard,
  settings,
  switches,
  pages,
);
