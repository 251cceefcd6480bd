import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Overrides, Provisioned } from '../../localstack/installation';
import { deprovision, provision } from '../../localstack/provision';
import { testCredentials, testRegion } from '../../localstack/clients';
import { makeClients, type AwsClients } from '../../src/aws/clients';
import { awsClock, type AwsClock } from '../../src/aws/clock';
import type { Metrics } from '../../src/ports';
import { awsEndpoint } from '../stand-ins';

/** One test file's own queues, table, topic and state machine, on the stand-ins or on what AWS_ENDPOINT_URL names. */
export interface AwsInstallation {
  readonly endpointUrl: string;
  readonly prefix: string;
  readonly names: Provisioned;
  readonly clients: AwsClients;
  readonly clock: AwsClock;
  readonly remove: () => Promise<void>;
}

const noMetrics: Metrics = { add: () => undefined };

/** The clients find credentials where the worker does: in the environment. */
const giveCredentials = (): void => {
  process.env['AWS_ACCESS_KEY_ID'] ??= testCredentials.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] ??= testCredentials.secretAccessKey;
};

export const installAws = async (overrides: Overrides = {}): Promise<AwsInstallation> => {
  giveCredentials();
  const endpoint = await awsEndpoint();
  const endpointUrl = endpoint.url;
  const prefix = `test-${randomBytes(4).toString('hex')}`;
  const names = await provision({ endpointUrl, prefix, overrides });
  const clock = awsClock({ nowMs: () => Date.now(), monotonicMs: () => performance.now() });
  const region = process.env['AWS_REGION'] ?? testRegion;
  const clients = makeClients({ region, endpointUrl, pollWaitSeconds: 1, clock, metrics: noMetrics });
  return {
    endpointUrl,
    prefix,
    names,
    clients,
    clock,
    remove: async () => {
      clients.destroy();
      await deprovision({ endpointUrl, prefix });
      await endpoint.stop();
    },
  };
};
