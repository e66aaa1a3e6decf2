import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { type Answer, codeOf, namesOf, personOf } from './answer.ts';

/**
 * Reads a reply of the XML API: a `<response>`, with an `<error>` in it or not. `undefined` when it isn't one.
 * Unknown elements are ignored. The parser knows no entities but XML's own five and fetches nothing.
 */
export function readXml(text: string): Answer | undefined {
  return parsed(text, response => {
    const error = child(response, 'error');
    const people = children(child(response, 'people'), 'person');
    if (error) {
      return {
        is: 'no',
        code: codeOf(error.attributes.code),
        message: error.text,
        people: namesOf(people.map(person => person.text)),
      };
    }
    const person = child(response, 'person') ?? people[0];
    return {
      is: 'yes',
      token: child(response, 'token')?.text,
      person: person && personOf(textOf(person, 'sFullName'), textOf(person, 'sEmail')),
    };
  });
}

/** Reads `<base>/api.xml`: the endpoint as it stands there, relative to the base. `undefined` when it isn't one. */
export function readApiXml(text: string): string | undefined {
  return parsed(text, response => textOf(response, 'url').trim() || undefined);
}

function parsed<T>(text: string, read: (response: XmlElement) => T): T | undefined {
  try {
    // Nothing may stand before `<?xml`; old servers put a byte order mark or an empty line there. And the parser takes
    // minutes for a mebibyte of carriage returns, so it gets to see none.
    const document = text.trim().replace(/\r\n?/g, '\n');
    if (hasTooManyTags(document)) return undefined;
    const { root } = parseXml(document);
    return root?.name === 'response' ? read(root) : undefined;
  } catch {
    // Not XML, or nested so deeply that parser or reader ran out of stack.
    return undefined;
  }
}

/** Far more than a reply to any of our commands has; a mebibyte full of them would keep the worker busy for seconds. */
const mostTags = 10_000;

function hasTooManyTags(document: string): boolean {
  let at = -1;
  for (let tags = 0; tags <= mostTags; tags += 1) {
    at = document.indexOf('<', at + 1);
    if (at < 0) return false;
  }
  return true;
}

function children(parent: XmlElement | undefined, name: string): XmlElement[] {
  return (parent?.children ?? []).filter(
    (node): node is XmlElement => node instanceof XmlElement && node.name === name,
  );
}

function child(parent: XmlElement, name: string): XmlElement | undefined {
  return children(parent, name)[0];
}

function textOf(parent: XmlElement, name: string): string {
  return child(parent, name)?.text ?? '';
}
