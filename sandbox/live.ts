import * as v from 'valibot';
import { readBody } from './call.ts';
import { faultSpec } from './faults.ts';
import { write } from './faulty-reply.ts';
import { livePage } from './live-page.ts';
import { html, notFound, type Reply } from './reply.ts';
import type { Sandbox } from './sandbox.ts';
import type { Request, Response } from './server.ts';
import { switches } from './switches.ts';

const switchChange = v.object({ name: v.string(), value: v.string() });
const ofToken = v.object({ token: v.string() });
const ofPerson = v.object({
  host: v.string(),
  email: v.string(),
  via: v.optional(v.picklist(['web', 'json', 'xml', 'key'])),
});

/**
 * Answers what is for the sandbox itself, not for FogBugz: the live page `/sandbox`, `/sandbox/state.json`, and POSTs
 * of JSON to `/sandbox/switch`, `fault`, `clear-faults`, `kill` and `birth`. `undefined` if a request is not for it.
 */
export function answerLive(
  request: Request,
  response: Response,
  sandbox: Sandbox,
  changeSwitch: (name: string, value: string) => void,
): Promise<void> | undefined {
  const path = /^\/sandbox(?:\/([^?]*))?(?:\?|$)/.exec(request.url ?? '');
  return path ? reply(path[1] ?? '') : undefined;

  async function reply(what: string): Promise<void> {
    const body = await readBody(request);
    const made = request.method === 'POST' ? obey(what, body.toString()) : show(what);
    write(made, request, response);
  }

  function show(what: string): Reply {
    if (what === '') return html(livePage, 'live page');
    return what === 'state.json' ? json(stateOf(sandbox)) : notFound();
  }

  function obey(what: string, text: string): Reply {
    try {
      const asked: unknown = text === '' ? {} : JSON.parse(text);
      return json(act(what, asked));
    } catch (error) {
      return json({ error: error instanceof Error ? error.message : String(error) }, 400);
    }
  }

  function act(what: string, asked: unknown): object {
    switch (what) {
      case 'switch': {
        const { name, value } = v.parse(switchChange, asked);
        changeSwitch(name, value);
        return sandbox.switches();
      }
      case 'fault':
        sandbox.fault(v.parse(faultSpec, asked));
        return {};
      case 'clear-faults':
        sandbox.clearFaults();
        return {};
      case 'kill':
        sandbox.kill(v.parse(ofToken, asked).token);
        return {};
      case 'birth': {
        const { host, email, via } = v.parse(ofPerson, asked);
        return { token: sandbox.birth(host, email, via) };
      }
      default:
        throw new RangeError('POST to switch, fault, clear-faults, kill or birth');
    }
  }
}

function stateOf(sandbox: Sandbox): object {
  return {
    tokens: sandbox.tokens(),
    requests: sandbox.requests(),
    connections: sandbox.connections(),
    faults: sandbox.faults(),
    switches: Object.entries(sandbox.switches()).map(([name, value]) => ({ name, value })),
    known: switches,
  };
}

function json(value: object, status = 200): Reply {
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(value),
    outcome: 'live',
  };
}
