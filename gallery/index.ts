// All states of a group beside each other: `?group=troubles&scheme=dark&dir=rtl&text=200&width=320&lang=en`.
import { columns, edges, usualWidth } from './sheet.ts';
import type { State } from './state.ts';
import { states } from './states.ts';
import { seenOf } from './steps.ts';

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

document.documentElement.style.colorScheme = chosen('scheme');
const shown = states.filter(({ group }) => group === chosen('group'));
document.body.append(choices(), sheet(shown));

function choices(): HTMLFormElement {
  const form = document.createElement('form');
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

/** As high as what it shows. */
async function fitted(frame: HTMLIFrameElement, state: State): Promise<void> {
  const { contentWindow: view } = frame;
  if (!view) return;
  await view.shown;
  const { top, height } = seenOf(view.document, state.about !== undefined);
  frame.height = String(height);
  view.scrollTo(0, top);
}
