import type { Plugin } from 'vite';

/**
 * Has a browser that knows of `blocking` (Chromium) draw no frame of a page before its script has run: it would be an empty
 * one, and the frame that matters would wait until that is on the screen.
 */
export function scriptsFirst(): Plugin {
  return {
    name: 'scripts-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { path }) {
        const script = '<script type="module"';
        if (!html.includes(script)) throw new Error(`${path} has no script`);
        return html.replace(script, `${script} blocking="render"`);
      },
    },
  };
}
