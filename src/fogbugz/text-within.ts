/** The longest reply that is read, in bytes: 1 MiB. */
export const sizeLimit = 1024 * 1024;

/** UTF-8, whatever the headers say. `undefined` as soon as there are more bytes than `limit`, unpacked. */
export async function textWithin(limit: number, response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
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
