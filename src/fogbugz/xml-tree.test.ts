import { parseXml, XmlElement as TheirElement } from '@rgrove/parse-xml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXmlTree, type XmlElement } from './xml-tree.ts';

/** The same tree, as another parser has read it. */
function theirs(document: string): object | undefined {
  const plain = (element: TheirElement): object => ({
    name: element.name,
    attributes: element.attributes,
    text: element.text,
    children: element.children.flatMap(child => (child instanceof TheirElement ? [plain(child)] : [])),
  });
  try {
    const { root } = parseXml(document);
    return root ? plain(root) : undefined;
  } catch {
    return undefined;
  }
}

function ours(document: string): object | undefined {
  const plain = ({ name, attributes, text, children }: XmlElement): object => ({
    name,
    attributes: Object.fromEntries(attributes),
    text,
    children: children.map(plain),
  });
  const root = readXmlTree(document);
  return root && plain(root);
}

const names = fc.constantFrom('response', 'token', 'sFullName', 'a', 'b-c', 'x:y', 'été');
const words = fc
  .array(
    fc.constantFrom('ok', ' ', '\n', '&amp;', '&lt;', '&#65;', '&#x1F600;', '"', "'", '>', '/', '=', 'ü'),
  )
  .map(all => all.join(''));
const attributes = fc
  .uniqueArray(fc.tuple(names, words), { selector: ([name]) => name, maxLength: 2 })
  .map(all => all.map(([name, value]) => ` ${name}="${value.replaceAll('"', "'")}"`).join(''));
const besides = fc.constantFrom('<!-- a <b> -->', '<?do it?>', '<![CDATA[1 < 2 & ]] 3]]>', '');
const { element } = fc.letrec<{ element: string; inside: string }>(tie => ({
  inside: fc.oneof({ maxDepth: 4, withCrossShrink: true }, words, besides, tie('element')),
  element: fc
    .tuple(names, attributes, fc.array(tie('inside'), { maxLength: 4 }))
    .map(([name, more, inside]) =>
      inside.length === 0 ? `<${name}${more} />` : `<${name}${more}>${inside.join('')}</${name}>`,
    ),
}));
const document = fc
  .tuple(fc.constantFrom('', '<?xml version="1.0"?>\n'), element)
  .map(parts => parts.join(''));

describe('a document in XML', () => {
  it('is read as another parser reads it', () => {
    fc.assert(
      fc.property(document, text => {
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 500 },
    );
  });

  it('with a piece missing is read at least where the other parser reads it, and alike', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.integer({ min: 1, max: 5 }), (text, at, length) => {
        const from = at % text.length;
        const torn = text.slice(0, from) + text.slice(from + length);
        const read = theirs(torn);
        // Ours does not know every rule of XML; what both read, they read alike.
        if (read) expect(ours(torn)).toEqual(read);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['an element that is not closed', '<a><b></b>'],
    ['another one that is closed', '<a></b>'],
    ['what was never open', '<a/></a>'],
    ['half a tag', '<a><b x="1'],
    ['an attribute twice', '<a x="1" x="2"/>'],
    ['an attribute of an end', '<a></a x="1">'],
    ['an ampersand', '<a>Q&A</a>'],
    ['an ampersand in an attribute', '<a x="Q&A"/>'],
    ['an entity of HTML', '<a>&nbsp;</a>'],
    ['two roots', '<a/><b/>'],
    ['words before the root', 'ok <a/>'],
    ['words behind the root', '<a/> ok'],
    ['a comment without an end', '<a><!-- b</a>'],
    ['CDATA without an end', '<a><![CDATA[ b</a>'],
    ['more depth than any reply has', '<a>'.repeat(60) + '</a>'.repeat(60)],
  ])('is none with %s', (_, text) => {
    expect(readXmlTree(text)).toBeUndefined();
  });

  it('has no character beyond the last one', () => {
    expect(readXmlTree('<a>&#9999999;</a>')?.text).toBe('\uFFFD');
  });

  it('keeps to the document type that it names, and takes nothing from it', () => {
    const type = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY b "c"><!-- d -->]>';
    expect(readXmlTree(`${type}<a>1</a>`)?.text).toBe('1');
    expect(readXmlTree(`${type}<a>&b;</a>`)).toBeUndefined();
  });
});
