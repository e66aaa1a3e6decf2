/** What came out of the pipe: a message that is JSON, or something that isn't one. */
export type Frame =
  | { readonly is: 'message'; readonly message: unknown }
  | { readonly is: 'broken' }
  | { readonly is: 'too-long' };

const headerBytes = 4;

/**
 * Native messaging's framing: the length of the JSON as 32 bits in the machine's byte order, then the JSON in UTF-8.
 * Every machine that these browsers run on is little-endian.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-protocol
 *
 * A frame longer than `longest` is skipped as it comes and never held in memory.
 */
export function createFrameReader(longest: number): (chunk: Buffer) => readonly Frame[] {
  const header = Buffer.alloc(headerBytes);
  let headerRead = 0;
  let parts: Buffer[] = [];
  let missing = 0;
  let skips = false;

  return chunk => {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (headerRead < headerBytes) {
        const taken = chunk.copy(header, headerRead, at);
        headerRead += taken;
        at += taken;
        if (headerRead < headerBytes) break;
        missing = header.readUInt32LE();
        skips = missing > longest;
        if (skips) frames.push({ is: 'too-long' });
      }
      const part = chunk.subarray(at, at + missing);
      at += part.length;
      missing -= part.length;
      if (!skips) parts.push(part);
      if (missing > 0) break;
      if (!skips) frames.push(parse(Buffer.concat(parts)));
      parts = [];
      headerRead = 0;
    }
    return frames;
  };
}

export function frame(message: object): Buffer {
  const json = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(json.length);
  return Buffer.concat([header, json]);
}

function parse(json: Buffer): Frame {
  try {
    return { is: 'message', message: JSON.parse(json.toString('utf8')) };
  } catch {
    return { is: 'broken' };
  }
}
