import { type Answer, outcomeOf } from './commands.ts';
import type { Reply } from './reply.ts';
import type { Site } from './site.ts';
import { xmlMessages } from './xml-api.ts';

/** An answer as the JSON API writes it: the envelope is that of the recorded replies. */
export function jsonReply(answer: Answer, site: Site): Reply {
  const { switches } = site;
  if (answer.is !== 'error') {
    const data = dataOf(answer, site);
    return json(200, { data, errors: [], ...tail, errorCode: null, maxCacheAge: null }, outcomeOf(answer));
  }
  const people = answer.people.length > 0 ? { people: answer.people } : {};
  const atTop = switches.ambiguousPeople === 'top-level';
  const envelope = {
    data: atTop ? {} : people,
    errors: [
      {
        message: `Error ${answer.code}: ${messageOf(answer.code)}`,
        detail: null,
        code: switches.jsonErrorCode === 'number' ? answer.code : String(answer.code),
      },
    ],
    ...tail,
    errorCode: 400,
    maxCacheAge: null,
    ...(atTop ? people : {}),
  };
  return json(Number(switches.jsonErrorStatus), envelope, outcomeOf(answer));
}

const tail = {
  warnings: [],
  meta: {
    jsdbInvalidator: 'p0LLwfK3IkOEyisVD8iG1A2',
    clientVersionAllowed: { min: 822909000, max: 822909000 },
  },
};

/** `undefined` leaves `data` out. */
function dataOf(answer: Exclude<Answer, { is: 'error' }>, site: Site): unknown {
  switch (answer.is) {
    case 'token':
      return { token: answer.token };
    case 'logged-off':
      return { object: {}, null: null, missing: undefined }[site.switches.jsonLogOffData];
    case 'person': {
      const { ixPerson, fullName, email } = answer.person;
      const person = { ixPerson, sFullName: fullName, sEmail: email };
      return { object: { person }, array: { person: [person] }, people: { people: [person] } }[
        site.switches.jsonPerson
      ];
    }
    case 'projects':
      return { projects: answer.projects.map((name, index) => ({ ixProject: index + 1, sProject: name })) };
    case 'cases':
      return {
        count: answer.cases.length,
        cases: answer.cases.map(({ ixBug, title }) => ({ ixBug, sTitle: title })),
      };
    case 'new-case':
      return { case: { ixBug: answer.ixBug, operations: ['edit', 'assign', 'resolve', 'email'] } };
    default:
      return answer satisfies never;
  }
}

/** The JSON API's wording; it differs from XML's for error 3. */
function messageOf(code: number): string {
  return code === 3 ? 'Not logged in' : (xmlMessages[code] ?? 'Unknown error');
}

function json(status: number, envelope: object, outcome: string): Reply {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(envelope), outcome };
}
