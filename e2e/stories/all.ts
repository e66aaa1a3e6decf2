import { adoption } from './adoption.ts';
import { agreed } from './agreed.ts';
import { attacks } from './attacks.ts';
import { away } from './away.ts';
import { backups } from './backup.ts';
import { buttons } from './buttons.ts';
import { clicks } from './clicks.ts';
import { closing } from './closing.ts';
import { contrast } from './contrast.ts';
import { controls } from './controls.ts';
import { crowd } from './crowd.ts';
import { drill } from './drill.ts';
import { faults } from './faults.ts';
import { firstPaint } from './first-paint.ts';
import { gallery } from './gallery.ts';
import { guard } from './guard.ts';
import { hundreds } from './hundreds.ts';
import { inTheClear } from './in-the-clear.ts';
import { languages } from './languages.ts';
import { lastTab } from './last-tab.ts';
import { layers } from './layers.ts';
import { loggingOn } from './logging-on.ts';
import { outside } from './outside.ts';
import { owed } from './owed.ts';
import { ownServers } from './own-servers.ts';
import { pages } from './pages.ts';
import { hopeless, permissions } from './permissions.ts';
import { everyPhase } from './phases.ts';
import { privateWindows } from './private-windows.ts';
import { quota } from './quota.ts';
import { secrets } from './secrets.ts';
import { settings } from './settings.ts';
import { siblings } from './siblings.ts';
import { switches } from './switches.ts';
import { updates } from './updates.ts';

/** Every story, in the order in which each browser plays them. */
export const stories = [
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
  drill,
  guard,
  settings,
  backups,
  switches,
  pages,
  controls,
  buttons,
  agreed,
  outside,
  languages,
  attacks,
  inTheClear,
  siblings,
  faults,
  everyPhase,
  quota,
  secrets,
  gallery,
  contrast,
  crowd,
  hundreds,
  firstPaint,
] as const;
