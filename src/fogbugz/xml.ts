import { type Answer, codeOf, namesOf, personOf } from './answer.ts';
import { readXmlTree, type XmlElement } from './xml-tree.ts';

/**
 * Reads a reply of the XML API: a `<response>`, with an `<error>` in it or not. `undefined` when it isn't one.
 * Unknown elements are ignored.
 */
export function readXml(text: string): Answer | undefined {
  return parsed(text, response => {
    const error = child(response, 'error');
    const people = children(child(response, 'people'), 'person');
    if (error) {
      return {
        is: 'no',
        code: codeOf(error.attributes.get('code')),
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
  // Nothing may stand before `<?xml`; old servers put a byte order mark or an empty line there.
  const root = readXmlTree(text.trim().replace(/\r\n?/g, '\n'));
  return root?.name === 'response' ? read(root) : undefined;
}

function children(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return (parent?.children ?? []).filter(child => child.name === name);
}

function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find(one => one.name === name);
}

function textOf(parent: XmlElement, name: string): string {
  return child(parent, name)?.text ?? '';
}
