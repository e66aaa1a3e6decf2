import { makeMenu, onButtonClicked, onLogOffPressed, onMenuChosen } from '../browser/action.ts';
import { onAlarm, onUserActivity } from '../browser/clock.ts';
import { onTokenCookieChanged } from '../browser/cookies.ts';
import { onGranted } from '../browser/permissions.ts';
import { onCommand, onInstalled, onUpdateAvailable, wakeAtStartup } from '../browser/runtime.ts';
import { listenToTabs } from '../browser/tabs.ts';
import { createBackground } from './background.ts';

// Registers every listener in the worker's first turn, as a worker that any of them may have woken must, and decides
// nothing. What happens when the last tab closes: `gone`.
const background = createBackground();

listenToTabs({
  seen: background.tabSeen,
  gone: background.tabGone,
  replaced: background.tabReplaced,
  moved: background.tabMoved,
  windowGone: background.windowGone,
});
onTokenCookieChanged(background.cookieChanged);
onCommand(background.obey);
onButtonClicked(background.clicked);
onLogOffPressed(background.pressed);
onMenuChosen(background.chosen);
onAlarm(background.due);
onUserActivity(background.userActivity);
onUpdateAvailable(background.updateAvailable);
onGranted(background.granted);
onInstalled(() => void makeMenu());
wakeAtStartup();
addEventListener('online', background.online);

void background.start();
