/** What makes an `<input>` a field for an address: nothing that corrects, capitalises or remembers it. */
export const addressInput = {
  class: 'input',
  name: 'address',
  dir: 'ltr',
  type: 'text',
  inputMode: 'url',
  autocomplete: 'off',
  autocapitalize: 'off',
  spellcheck: false,
} as const;
