import { posix } from 'node:path';
import type { Machine } from '../folders.ts';

/** A browser in a sandbox of its own, by the folder that it keeps in the user's home. */
type Confined = { readonly title: string; readonly folder: string; readonly possible: string };

const portal =
  'it starts the Guard through the desktop portal, if yours offers WebExtensions (xdg-desktop-portal), from the ' +
  "file in ~/.mozilla/native-messaging-hosts. The Guard can't see such a browser end: it logs off 90 s after.";
const never =
  'it may start no program outside its sandbox. Install the browser from its maker or your distribution.';

/** https://snapcraft.io/docs and https://docs.flatpak.org/en/latest/sandbox-permissions.html */
const confined: readonly Confined[] = [
  { title: 'Firefox (Snap)', folder: 'snap/firefox', possible: portal },
  { title: 'Chromium (Snap)', folder: 'snap/chromium', possible: never },
  { title: 'Brave (Snap)', folder: 'snap/brave', possible: never },
  { title: 'Firefox (Flatpak)', folder: '.var/app/org.mozilla.firefox', possible: portal },
  { title: 'Chrome (Flatpak)', folder: '.var/app/com.google.Chrome', possible: never },
  { title: 'Chromium (Flatpak)', folder: '.var/app/org.chromium.Chromium', possible: never },
  { title: 'Edge (Flatpak)', folder: '.var/app/com.microsoft.Edge', possible: never },
  { title: 'Brave (Flatpak)', folder: '.var/app/com.brave.Browser', possible: never },
  { title: 'Vivaldi (Flatpak)', folder: '.var/app/com.vivaldi.Vivaldi', possible: never },
];

/** The Snap and Flatpak browsers of this user, and what is possible with each. */
export function confinedBrowsers(
  { platform, home }: Machine,
  exists: (path: string) => boolean,
): readonly { readonly title: string; readonly possible: string }[] {
  if (platform !== 'linux') return [];
  return confined.filter(({ folder }) => exists(posix.join(home, folder)));
}
