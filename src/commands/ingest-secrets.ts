import type { IngestClients } from '../aws/ingest-clients';
import { storedIngestSecrets } from '../aws/ingest-secrets';
import { regionOfSecret } from '../aws/secret-credentials';
import type { IngestSecretConfig } from '../config-ingest';
import { givenIngestSecrets } from '../ingest/given-secrets';
import type { Clock, Log } from '../ports';
import type { IngestSecretSource } from '../ports-ingest';

/** Between two tries while none could ever be had: nobody can post until then, so nobody's post asks for them. */
const retryMs = 5_000;

export const secretSource = (
  config: IngestSecretConfig,
  { clients, clock, log }: { readonly clients: Pick<IngestClients, 'secretsIn'>; readonly clock: Clock; readonly log: Log },
): IngestSecretSource =>
  config.kind === 'given'
    ? givenIngestSecrets(config)
    : storedIngestSecrets(clients.secretsIn(regionOfSecret(config.arn)), clock, config.arn, log);

/** Asks for the secrets until they were had once: before that, nobody can be let in, and the door is not ready. */
export const firstSecrets = (source: IngestSecretSource, { clock, log }: { readonly clock: Clock; readonly log: Log }) => {
  let had = false;
  const read: IngestSecretSource['read'] = async (how) => {
    const found = await source.read(how);
    had ||= found !== null;
    return found;
  };
  const run = async (over: AbortSignal): Promise<void> => {
    if ((await read('known')) !== null) return;
    log.error('The secrets of senders cannot be had: every post is answered 503 until they can.', { retryMs });
    while (!had && !over.aborted) {
      await clock.sleep(retryMs, over);
      await read('known');
    }
    if (had) log.info('The secrets of senders are there: posts can be taken.');
  };
  return { source: { read }, had: (): boolean => had, run };
};
