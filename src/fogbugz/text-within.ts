/** The longest reply that is read, in bytes: 1 MiB. */
export const sizeLimit = 1024 * 1024;

/** As much of a stream of bytes as is made use of here. */
export type Body = {
  readonly getReader: () => Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;
};

/** UTF-8, whatever the headers say. `undefined` as soon as there are more bytes than `limit`, unpacked. */
export async function textWithin(
  limit: number,
  { body }: { readonly body: Body | null },
): Promise<string | undefined> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk?.value) return text + decoder.decode();
    size += chunk.value.byteLength;
    if (size > limit) {
      // Or the rest would go on coming, as much as the server likes to send.
      void reader?.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
}
