import type { AwsClients } from '../aws/clients';
import { dynamoRequestBudget } from '../aws/request-budget';
import { regionOfSecret, secretCredentials } from '../aws/secret-credentials';
import type { Config } from '../config';
import type { GenesysConfig, GenesysCredentials } from '../config-genesys';
import type { ExtraName } from '../core/genesys-answers';
import { createGenesysClient, type GenesysClient } from '../genesys/client';
import { genesysEndedConversations } from '../genesys/analytics-query';
import { genesysConversations } from '../genesys/conversations';
import { givenCredentials } from '../genesys/credentials';
import { gatheredDetails } from '../genesys/gather';
import { genesysNames, type KeptNames } from '../genesys/names';
import { genesysParticipants } from '../genesys/participants';
import { genesysSentiment } from '../genesys/sentiment';
import { genesysTranscript } from '../genesys/transcript';
import { transcriptDownload } from '../genesys/transcript-download';
import type { Clock, ConversationDetails, ConversationExtra, CredentialSource, Log, Metrics } from '../ports';
import type { EndedConversations } from '../ports-reconciliation';
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
  /** Whoever uses them runs them, too. */
  readonly names: KeptNames | null;
  readonly ended: EndedConversations | null;
}

const credentialSource = (credentials: GenesysCredentials, { clients, clock }: Edges): CredentialSource =>
  credentials.kind === 'given'
    ? givenCredentials(credentials.clientId, credentials.clientSecret)
    : secretCredentials(clients.secretsIn(regionOfSecret(credentials.arn)), clock, credentials.arn);

/** Whose quota it is. A secret that comes to hold another client keeps the budget: it is the stricter of the two for a minute. */
const quotaOwner = (credentials: GenesysCredentials): string =>
  credentials.kind === 'given' ? credentials.clientId : credentials.arn;

const createClient = (settings: GenesysConfig, edges: Edges): GenesysClient => {
  const { config, clients, clock, log, metrics } = edges;
  const { credentials, requestsPerMinute } = settings;
  const random = systemRandom;
  const budget = dynamoRequestBudget(
    { dynamo: clients.dynamo, tableName: config.tableName, clock, random, log },
    { client: quotaOwner(credentials), requestsPerMinute },
  );
  return createGenesysClient(settings, {
    clock,
    random,
    log,
    metrics,
    credentials: credentialSource(credentials, edges),
    budget,
  });
};

const createExtras = (
  settings: GenesysConfig,
  client: GenesysClient,
  { clock, log, metrics }: Edges,
): readonly ConversationExtra[] => {
  const outside = { clock, log, metrics, random: systemRandom };
  const create: Readonly<Record<ExtraName, () => ConversationExtra>> = {
    participantAttributes: () => genesysParticipants(client),
    transcript: () => genesysTranscript(client, { clock, download: transcriptDownload(settings, outside) }, settings),
    sentiment: () => genesysSentiment(client),
  };
  return settings.extras.map((name) => create[name]());
};

export const genesysPorts = (edges: Edges): GenesysPorts => {
  const { config, clock, log, metrics } = edges;
  const { callDetails } = config;
  if (callDetails.kind === 'off') return { details: null, extras: [], names: null, ended: null };
  // One client for all: one token, one set of connections, one budget.
  const client = createClient(callDetails, edges);
  const details = gatheredDetails(genesysConversations(client, { clock, metrics }, callDetails), clock, callDetails);
  return {
    details,
    extras: createExtras(callDetails, client, edges),
    names: callDetails.resolveNames ? genesysNames(client, { clock, log, random: systemRandom }) : null,
    ended: genesysEndedConversations(client),
  };
};
