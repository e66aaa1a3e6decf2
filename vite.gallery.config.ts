import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const pages = ['popup', 'options', 'welcome'] as const;

/**
 * The gallery: every state of every page, from plain objects, for whoever works on them. `npm run gallery` shows it;
 * tests take the same, and `npm run pictures` shows the same states in the real extension. It is no part of any build.
 */
export default defineConfig({
  plugins: [shippedPages()],
  define: { __FIREFOX__: 'false', __GIVEN_SERVERS__: '[]' },
  publicDir: false,
  // The one thing that the pages' components ask of a browser.
  resolve: { alias: [{ find: /^.*\/browser\/words\.ts$/, replacement: here('gallery/words.ts') }] },
  build: {
    modulePreload: false,
    target: ['chrome128', 'firefox142'],
    rollupOptions: {
      input: {
        index: here('gallery/index.html'),
        ...Object.fromEntries(pages.map(page => [page, here(`src/${page}/${page}.html`)])),
      },
    },
  },
  server: { open: '/gallery/index.html' },
});

/** The shipped pages' own HTML, with its style sheets; only the script is the gallery's. */
function shippedPages(): Plugin {
  return {
    name: 'shipped-pages',
    transformIndexHtml: {
      order: 'pre',
      handler: html =>
        html
          .replace(/src="(popup|options|welcome)\.tsx"/, 'src="/gallery/$1.tsx"')
          .replace(/<link rel="icon"[^>]*>/, ''),
    },
  };
}
