/** What a secret of a sender may be, wherever it stands. No comma, which parts those that are variables. */
export const ingestSecretRule = {
  most: 2,
  type: '24 to 200 printable ASCII characters other than the comma',
  pattern: /^[\x21-\x2b\x2d-\x7e]{24,200}$/,
} as const;
