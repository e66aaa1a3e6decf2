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
/** How many stand beside each other. */
const columns = { popup: 5, options: 2, welcome: 2 } as const;

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
  const many = first ? columns[first.page] : 1;
  const each = Math.ceil(shown.length / many);
  for (let at = 0; at < shown.length; at += each) {
    const column = document.createElement('div');
    column.className = 'column';
    column.append(...shown.slice(at, at + each).map(picture));
    element.append(column);
  }
  return element;
}

function picture(state: State): HTMLElement {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = state.title;
  const frame = document.createElement('iframe');
  const width = Number(chosen('width') || usualWidth[state.page]);
  frame.width = String(
    state.page === 'popup' && !chosen('width') ? (width * Number(chosen('text'))) / 100 : width,
  );
  frame.height = '1200'; // so that nothing has to be scrolled to before it is known
  frame.title = state.title;
  const asked = new URLSearchParams(query);
  asked.set('state', state.name);
  frame.src = `/src/${state.page}/${state.page}.html?${asked}`;
  frame.addEventListener('load', () => void fitted(frame));
  figure.append(caption, frame);
  return figure;
}

/** As high as what it shows. The document says when all are. */
async function fitted(frame: HTMLIFrameElement): Promise<void> {
  const { contentWindow: view } = frame;
  await view?.shown;
  frame.height = String(view?.document.documentElement.offsetHeight ?? 0);
  frame.dataset.fit = '';
  if (document.querySelector('iframe:not([data-fit])')) return;
  requestAnimationFrame(() => setTimeout(() => document.body.toggleAttribute('data-ready', true)));
}
