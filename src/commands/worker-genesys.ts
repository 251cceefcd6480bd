import type { AwsClients } from '../aws/clients';
import { regionOfSecret, secretCredentials } from '../aws/secret-credentials';
import type { Config } from '../config';
import type { GenesysCredentials } from '../config-genesys';
import { createGenesysClient, type GenesysClient } from '../genesys/client';
import { genesysConversations } from '../genesys/conversations';
import { givenCredentials } from '../genesys/credentials';
import { gatheredDetails } from '../genesys/gather';
import type { Clock, ConversationDetails, ConversationExtra, CredentialSource, Log, Metrics, NameBook } from '../ports';
import { systemRandom } from '../random';

interface Edges {
  readonly config: Config;
  readonly clients: Pick<AwsClients, 'dynamo' | 'secretsIn'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What the worker asks Genesys through. */
export interface GenesysPorts {
  readonly details: ConversationDetails | null;
  readonly extras: readonly ConversationExtra[];
  readonly names: NameBook | null;
}

const credentialSource = (credentials: GenesysCredentials, { clients, clock }: Edges): CredentialSource =>
  credentials.kind === 'given'
    ? givenCredentials(credentials.clientId, credentials.clientSecret)
    : secretCredentials(clients.secretsIn(regionOfSecret(credentials.arn)), clock, credentials.arn);

const createClient = (settings: Exclude<Config['callDetails'], { readonly kind: 'off' }>, edges: Edges): GenesysClient => {
  const { clock, log, metrics } = edges;
  const credentials = credentialSource(settings.credentials, edges);
  return createGenesysClient(settings, { clock, random: systemRandom, log, metrics, credentials, budget: null });
};

export const genesysPorts = (edges: Edges): GenesysPorts => {
  const { config, clock, metrics } = edges;
  const { callDetails } = config;
  if (callDetails.kind === 'off') return { details: null, extras: [], names: null };
  // One client for all: one token, one set of connections, one budget.
  const client = createClient(callDetails, edges);
  const details = gatheredDetails(genesysConversations(client, { clock, metrics }, callDetails), clock, callDetails);
  return { details, extras: [], names: null };
};
