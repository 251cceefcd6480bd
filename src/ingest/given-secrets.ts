import type { IngestSecrets, IngestSecretSource } from '../ports-ingest';

/** Secrets that hold as long as the process does. */
export const givenIngestSecrets = ({ bearer, signing }: IngestSecrets): IngestSecretSource => {
  const secrets = { bearer, signing };
  return { read: () => Promise.resolve(secrets) };
};
