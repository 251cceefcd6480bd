import { type AwsClients, makeClients } from '../aws/clients';
import { type AwsClock, awsClock } from '../aws/clock';
import { ConfigError } from '../config';
import { describeError } from '../core/describe-error';
import { hostTime } from './host-time';
import { regionOf } from './region';

/** Where AWS is, as far as the environment says; what it leaves out, the SDK finds out. */
export interface AwsPlace {
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
}

/** AWS refuses, or cannot be reached: the caller's to mend. */
export class AwsFailedError extends Error {
  override readonly name = 'AwsFailedError';

  constructor(cause: unknown) {
    // As in the log: what is named here quotes no value.
    const { name, message, code, status } = describeError(cause);
    const why = [name, message, code, status].filter((part) => typeof part === 'string' || typeof part === 'number');
    super(`Expected an answer of AWS, got ${why.join(', ')}. Look at the credentials, AWS_REGION and AWS_ENDPOINT_URL.`, {
      cause,
    });
  }
}

/** The SDK leaves its mark on every error that a call of it ended with, one of the network included. */
const isOfAws = (error: unknown): boolean => error instanceof Error && ('$metadata' in error || isOfAws(error.cause));

/** For a command: AWS as this shell may use it. What the command itself throws stays what it is. */
export const withAws = async <T>(
  { region, endpointUrl }: AwsPlace,
  look: (clients: AwsClients, region: string, clock: AwsClock) => Promise<T>,
): Promise<T> => {
  const clock = awsClock(hostTime);
  const clients = makeClients({
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    pollWaitSeconds: 1,
    clock,
    metrics: { add: () => undefined },
  });
  try {
    return await look(clients, await regionOf(clients), clock);
  } catch (cause) {
    if (cause instanceof ConfigError || !isOfAws(cause)) throw cause;
    throw new AwsFailedError(cause);
  } finally {
    clients.destroy();
  }
};
