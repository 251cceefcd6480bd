import type { IngestClients } from '../aws/ingest-clients';
import { storedIngestSecrets } from '../aws/ingest-secrets';
import { regionOfSecret } from '../aws/secret-credentials';
import type { IngestSecretConfig } from '../config-ingest';
import { givenIngestSecrets } from '../ingest/given-secrets';
import type { Clock, Log } from '../ports';
import type { IngestSecretSource } from '../ports-ingest';

interface Edges {
  readonly clients: Pick<IngestClients, 'secretsIn'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Longer than the source itself waits between two tries. */
const retryMs = 6_000;

export const secretSource = (config: IngestSecretConfig, { clients, clock, log }: Edges): IngestSecretSource =>
  config.kind === 'given'
    ? givenIngestSecrets(config)
    : storedIngestSecrets(clients.secretsIn(regionOfSecret(config.arn)), clock, config.arn, log);

/**
 * Asks for the secrets until they were had once. Before that nobody can be let in, the door is not ready, and where nobody is sent to a
 * door that is not ready, no post would ask for them.
 */
export const firstSecrets = (source: IngestSecretSource, clock: Pick<Clock, 'sleep'>) => {
  let had = false;
  const read: IngestSecretSource['read'] = async (how) => {
    const found = await source.read(how);
    had ||= found !== null;
    return found;
  };
  const run = async (over: AbortSignal): Promise<void> => {
    await read('known');
    while (!had && !over.aborted) {
      await clock.sleep(retryMs, over);
      await read('known');
    }
  };
  return { source: { read }, had: (): boolean => had, run };
};
