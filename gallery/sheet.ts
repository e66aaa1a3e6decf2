/** How states stand beside each other, in the gallery and in the pictures. */

/** CSS pixels; that of the popup is its own, in letters. */
export const usualWidth = { popup: 360, options: 900, welcome: 720 } as const;

/** How many stand beside each other: a sheet is about as wide as it is high. */
export const columns = { popup: 6, options: 3, welcome: 3 } as const;

/** Of a frame, on both sides together, CSS pixels. */
export const edges = 2;
