import { makeClients } from '../aws/clients';
import { awsClock } from '../aws/clock';
import { regionOfSecret, secretCredentials } from '../aws/secret-credentials';
import { loadAwsConfig } from '../config';
import type { GenesysCredentials } from '../config-genesys';
import type { GenesysOutside } from '../genesys/client';
import { givenCredentials } from '../genesys/credentials';
import { silentLog } from '../log';
import type { CredentialSource } from '../ports';
import { systemRandom } from '../random';
import { hostTime } from './host-time';

const metrics = { add: () => undefined };

const credentialsOf = (credentials: GenesysCredentials): CredentialSource => {
  if (credentials.kind === 'given') return givenCredentials(credentials.clientId, credentials.clientSecret);
  const clock = awsClock(hostTime);
  const { endpointUrl } = loadAwsConfig();
  const clients = makeClients({ ...(endpointUrl === undefined ? {} : { endpointUrl }), pollWaitSeconds: 1, clock, metrics });
  return secretCredentials(clients.secretsIn(regionOfSecret(credentials.arn)), clock, credentials.arn);
};

/** What a command that a person runs asks Genesys with: a few requests, which nobody counts. */
export const genesysByHand = (credentials: GenesysCredentials): GenesysOutside => ({
  random: systemRandom,
  log: silentLog,
  metrics,
  clock: awsClock(hostTime),
  credentials: credentialsOf(credentials),
  budget: null,
});
