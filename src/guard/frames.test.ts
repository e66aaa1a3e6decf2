import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader, frame } from './frames.ts';

describe('frames', () => {
  it('come out as they went in, wherever the pipe tears them', () => {
    const json = fc.jsonValue().map(value => ({ value: JSON.parse(JSON.stringify(value)) }));
    fc.assert(
      fc.property(fc.array(json), fc.infiniteStream(fc.integer({ min: 1, max: 50 })), (messages, sizes) => {
        const bytes = Buffer.concat(messages.map(frame));
        const read = createFrameReader(100_000);
        const heard = [];
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value;
          heard.push(...read(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(heard).toEqual(messages.map(message => ({ is: 'message', message })));
      }),
    );
  });

  it('too long for the reader are skipped, and the next is heard', () => {
    const read = createFrameReader(20);
    const long = frame({ text: 'x'.repeat(30) });
    expect(read(Buffer.concat([long, frame({ a: 1 })]))).toEqual([
      { is: 'too-long' },
      { is: 'message', message: { a: 1 } },
    ]);
  });

  it('that are no JSON, or nothing at all, are broken', () => {
    const read = createFrameReader(20);
    expect(read(Buffer.from([2, 0, 0, 0, 0x7b, 0x7b]))).toEqual([{ is: 'broken' }]);
    expect(read(Buffer.from([0, 0, 0, 0, 1, 0, 0, 0, 0x31]))).toEqual([
      { is: 'broken' },
      { is: 'message', message: 1 },
    ]);
  });

  it('carry the number of bytes, not of characters', () => {
    expect(frame({ name: 'Größe' }).readUInt32LE()).toBe(Buffer.byteLength('{"name":"Größe"}'));
  });
});
