import type { CredentialSource } from '../ports';

/** What a person gave us, once. */
export const givenCredentials = (clientId: string, clientSecret: string): CredentialSource => ({
  read: () => Promise.resolve({ kind: 'credentials', clientId, clientSecret }),
});
