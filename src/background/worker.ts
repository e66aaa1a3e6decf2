import { onButtonClicked, onKeysPressed, onMenuChosen } from '../browser/action.ts';
import { onAlarm, onUserActivity } from '../browser/clock.ts';
import { onTokenCookieChanged } from '../browser/cookies.ts';
import { onNoticePressed } from '../browser/notices.ts';
import { onGranted, onWithheld } from '../browser/permissions.ts';
import { onInstalled, onMessage, onStartup, onUpdateAvailable } from '../browser/runtime.ts';
import { onSettingsFromElsewhere } from '../browser/storage.ts';
import { listenToTabs } from '../browser/tabs.ts';
import { createBackground } from './background.ts';

// Registers every listener in the worker's first turn, as a worker that any of them may have woken must, and decides
// nothing. What happens when the last tab closes: `gone` in watch.ts.
const background = createBackground();

listenToTabs(background.tabs);
onTokenCookieChanged(background.cookieChanged);
onMessage(background.obey, background.answer);
onButtonClicked(background.clicked);
onKeysPressed(background.pressed);
onMenuChosen(background.chosen);
onAlarm(background.due);
onUserActivity(background.userActivity);
onUpdateAvailable(background.updateAvailable);
onNoticePressed(background.noticePressed);
onGranted(background.granted);
onWithheld(background.withheld);
onSettingsFromElsewhere(background.settingsFromElsewhere);
onInstalled(background.installed);
onStartup(background.browserStarted);
addEventListener('online', background.online);

void background.start();
