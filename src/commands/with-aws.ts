import { type AwsClients, makeClients } from '../aws/clients';
import { awsClock } from '../aws/clock';
import { hostTime } from './host-time';
import { regionOf } from './region';

/** Where AWS is, as far as the environment says; what it leaves out, the SDK finds out. */
export interface AwsPlace {
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
}

/** For a command that only looks: AWS as this shell may use it. */
export const withAws = async <T>(
  { region, endpointUrl }: AwsPlace,
  look: (clients: AwsClients, region: string) => Promise<T>,
): Promise<T> => {
  const clients = makeClients({
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    pollWaitSeconds: 1,
    clock: awsClock(hostTime),
    metrics: { add: () => undefined },
  });
  try {
    return await look(clients, await regionOf(clients));
  } finally {
    clients.destroy();
  }
};
