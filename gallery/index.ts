// All states of a group beside each other: `?group=troubles&scheme=dark&dir=rtl&text=200&width=320&lang=en`.
import type { State } from './state.ts';
import { states } from './states.ts';

const offers = {
  group: [...new Set(states.map(({ group }) => group))],
  scheme: ['light', 'dark'],
  dir: ['', 'ltr', 'rtl'],
  text: ['100', '200'],
  width: ['', '320', '640', '900'],
} as const;
type Choice = keyof typeof offers;

const query = new URLSearchParams(location.search);
const chosen = (choice: Choice): string => query.get(choice) ?? offers[choice][0] ?? '';

/** CSS pixels; that of the popup is its own, in letters. */
const usualWidth = { popup: 360, options: 900, welcome: 720 } as const;
/** How many stand beside each other: a sheet is about as wide as it is high. */
const columns = { popup: 6, options: 3, welcome: 3 } as const;

/** Of a frame, on both sides together, CSS pixels. */
const edges = 2;

/** Around what is shown of the options, CSS pixels; and how much more there is below it. */
const margin = 16;
const room = 48;

document.documentElement.style.colorScheme = chosen('scheme');
const shown = states.filter(({ group }) => group === chosen('group'));
document.body.append(choices(), sheet(shown));

function choices(): HTMLFormElement {
  const form = document.createElement('form');
  form.hidden = query.has('bare');
  form.addEventListener('change', () => form.submit());
  for (const choice of Object.keys(offers) as Choice[]) {
    const label = document.createElement('label');
    const select = document.createElement('select');
    select.name = choice;
    select.append(...offers[choice].map(offer => new Option(offer || 'usual', offer)));
    select.value = chosen(choice);
    label.append(`${choice} `, select);
    form.append(label);
  }
  return form;
}

/** The states in columns of about one height, in their order. */
function sheet(shown: readonly State[]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'states';
  const [first] = shown;
  if (first)
    element.style.columns = `${Math.min(shown.length, columns[first.page])} ${widthOf(first) + edges}px`;
  element.append(...shown.map(picture));
  return element;
}

/** CSS pixels. A popup is as wide as its letters are large. */
function widthOf({ page }: State): number {
  const width = Number(chosen('width') || usualWidth[page]);
  return page === 'popup' && !chosen('width') ? (width * Number(chosen('text'))) / 100 : width;
}

function picture(state: State): HTMLElement {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = state.title;
  const frame = document.createElement('iframe');
  frame.width = String(widthOf(state));
  frame.height = '1200'; // so that nothing has to be scrolled to before it is known
  frame.title = state.title;
  frame.scrolling = 'no';
  const asked = new URLSearchParams(query);
  asked.set('state', state.name);
  frame.src = `/src/${state.page}/${state.page}.html?${asked}`;
  frame.addEventListener('load', () => void fitted(frame, state));
  figure.append(caption, frame);
  return figure;
}

/** As high as what it shows. The document says when all are. */
async function fitted(frame: HTMLIFrameElement, state: State): Promise<void> {
  const { contentWindow: view } = frame;
  if (!view) return;
  await view.shown;
  const { document: page } = view;
  // Of a part, neither the page's head nor the room below.
  const head = state.about ? page.querySelector<HTMLElement>('.head') : null;
  const from = head ? head.offsetTop + head.offsetHeight + margin : 0;
  const below = head ? room : 0;
  frame.height = String(page.documentElement.offsetHeight - from - below);
  view.scrollTo(0, from);
  frame.dataset.fit = '';
  if (document.querySelector('iframe:not([data-fit])')) return;
  requestAnimationFrame(() => setTimeout(() => document.body.toggleAttribute('data-ready', true)));
}
