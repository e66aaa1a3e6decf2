/** Packs a build as CRX3: https://chromium.googlesource.com/chromium/src/+/main/components/crx_file/crx3.proto */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { filesIn, zip } from '../../scripts/zip.ts';
import { idOf } from './profile.ts';

export type SigningKey = { readonly id: string; readonly publicKey: Buffer; readonly privateKey: KeyObject };

/** A throw-away key, and the id of everything signed with it. */
export function newSigningKey(): SigningKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' });
  return { id: idOf(publicKey), publicKey, privateKey: pair.privateKey };
}

export async function packCrx(folder: string, { publicKey, privateKey }: SigningKey): Promise<Buffer> {
  const archive = await zip(await filesIn(folder));
  const crxId = createHash('sha256').update(publicKey).digest().subarray(0, 16);
  const signedData = field(1, crxId);
  const signature = sign(
    'sha256',
    Buffer.concat([Buffer.from('CRX3 SignedData\0'), length(signedData), signedData, archive]),
    privateKey,
  );
  const proof = field(2, Buffer.concat([field(1, publicKey), field(2, signature)]));
  const header = Buffer.concat([proof, field(10_000, signedData)]);
  return Buffer.concat([Buffer.from('Cr24'), uint32(3), length(header), header, archive]);
}

/** A protocol-buffer field that holds bytes. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const low = value % 128;
  return value < 128
    ? Buffer.from([low])
    : Buffer.concat([Buffer.from([low + 128]), varint(Math.floor(value / 128))]);
}

function length(content: Buffer): Buffer {
  return uint32(content.length);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
