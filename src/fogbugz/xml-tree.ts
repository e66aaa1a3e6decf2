/** An element of an XML document. `text` is that of all below it, as the DOM's `textContent`. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

type Growing = XmlElement & { children: XmlElement[]; text: string };

const name = `[^\\s<>/=&"'!?][^\\s<>/=&"']*`;
const attribute = `\\s+(${name})\\s*=\\s*(?:"([^<"]*)"|'([^<']*)')`;
/** What may come next, each read by the group that it has: nothing, CDATA, the parts of a tag, text. */
const piece = new RegExp(
  [
    '<!--[^]*?-->',
    '<\\?[^]*?\\?>',
    // Its own entities are never used: whoever refers to one is refused.
    '<!DOCTYPE\\s[^[<>]*(?:\\[[^\\]]*\\]\\s*)?>',
    '<!\\[CDATA\\[([^]*?)\\]\\]>',
    `<(/?)(${name})((?:${attribute.replaceAll(/\((?!\?)/g, '(?:')})*)\\s*(/?)>`,
    '([^<]+)',
  ].join('|'),
  'y',
);
const eachAttribute = new RegExp(attribute, 'g');
/** Replies of FogBugz are four deep. Text is added to all that it stands in, so depth has to end somewhere. */
const deepest = 50;

/**
 * Reads an XML document in one pass, in time that grows with its length alone. It knows no entities but XML's own five
 * and character references, and fetches nothing. `undefined`: not well-formed, or deeper than any reply.
 */
export function readXmlTree(document: string): XmlElement | undefined {
  const top: Growing = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [top];
  piece.lastIndex = 0;
  while (piece.lastIndex < document.length) {
    const [, verbatim, closes, tag, attributes = '', isEmpty, words] = piece.exec(document) ?? [undefined];
    const text = verbatim ?? (words === undefined ? undefined : decoded(words));
    const inside = open.at(-1);
    if (!inside) return undefined;
    if (tag === undefined) {
      // Comments and the like say nothing; a piece that is none of these sets the place of the search back to 0.
      if (piece.lastIndex === 0 || (words !== undefined && text === undefined)) return undefined;
      if (text !== undefined) for (const element of open) element.text += text;
    } else if (closes) {
      if (inside.name !== tag || attributes !== '' || isEmpty || open.pop() === top) return undefined;
    } else {
      const read = attributesIn(attributes);
      if (!read || open.length > deepest) return undefined;
      const element: Growing = { name: tag, attributes: read, children: [], text: '' };
      inside.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  const [root, another] = top.children;
  // Text beside the root is none of the root's.
  return open.length === 1 && !another && top.text.trim() === root?.text.trim() ? root : undefined;
}

function attributesIn(text: string): ReadonlyMap<string, string> | undefined {
  const read = new Map<string, string>();
  if (text === '') return read;
  for (const [, key = '', double, single = ''] of text.matchAll(eachAttribute)) {
    const value = decoded((double ?? single).replace(/[\t\n]/g, ' '));
    if (value === undefined || read.has(key)) return undefined;
    read.set(key, value);
  }
  return read;
}

const own: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g;
const strange = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

function decoded(text: string): string | undefined {
  if (strange.test(text)) return undefined;
  return text.replace(reference, (_, entity: string | undefined, decimal = '', hex = '') => {
    if (entity !== undefined) return own[entity] ?? '';
    const point = hex === '' ? Number(decimal) : Number.parseInt(hex, 16);
    return point > 0x10ffff ? '\uFFFD' : String.fromCodePoint(point);
  });
}
