declare const __FIREFOX__: boolean;

/** Which build this is. A constant, so that the bundler drops the other browser's adapter. */
export const isFirefox: boolean = __FIREFOX__;
