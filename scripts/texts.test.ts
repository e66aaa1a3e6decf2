import { describe, expect, it } from 'vitest';
import { packTexts } from './texts.ts';

const pack = (messages: object) => JSON.parse(packTexts(JSON.stringify(messages)));
const count = { content: '$1', example: '3' };

describe('the texts of a build', () => {
  it('have neither descriptions nor blanks', () => {
    expect(packTexts('{\n  "on": { "message": "Log on", "description": "A button." }\n}\n')).toBe(
      '{"on":{"message":"Log on"}}',
    );
  });

  it('have numbers for the names of what is filled in, however they are written', () => {
    const placeholders = { count, site: { content: '$2' } };
    expect(pack({ a: { message: '$COUNT$ sessions at $Site$.', placeholders } })).toEqual({
      a: { message: '$1 sessions at $2.' },
    });
  });

  it.each(['$COUNT$$SITE$', '$COUNT$x$SITE$', '$COUNT$0', '$COUNT$ for $$5'])(
    'keep the names where a number would be misread: %s',
    message => {
      const placeholders = { count, site: { content: '$2', example: 'acme' } };
      expect(pack({ a: { message, placeholders } })).toEqual({
        a: { message, placeholders: { count: { content: '$1' }, site: { content: '$2' } } },
      });
    },
  );
});
