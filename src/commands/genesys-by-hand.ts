import { awsClock } from '../aws/clock';
import type { GenesysCredentials } from '../config-genesys';
import type { GenesysOutside } from '../genesys/client';
import { givenCredentials } from '../genesys/credentials';
import { silentLog } from '../log';
import type { CredentialSource } from '../ports';
import { systemRandom } from '../random';
import { hostTime } from './host-time';

const credentialsOf = (credentials: GenesysCredentials): CredentialSource => {
  if (credentials.kind === 'given') return givenCredentials(credentials.clientId, credentials.clientSecret);
  throw new Error('Expected GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.');
};

/** What a command that a person runs asks Genesys with: a few requests, which nobody counts. */
export const genesysByHand = (credentials: GenesysCredentials): GenesysOutside => ({
  random: systemRandom,
  log: silentLog,
  metrics: { add: () => undefined },
  clock: awsClock(hostTime),
  credentials: credentialsOf(credentials),
  budget: null,
});
