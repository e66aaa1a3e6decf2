/** Browsers don't let a page link to their own pages, so the address inside the words is there to be copied. */
export function WithAddress({ words, address }: { readonly words: string; readonly address: string }) {
  const [before, after] = words.split(address);
  return (
    <p>
      {before}
      <code>{address}</code>
      {after}
    </p>
  );
}
