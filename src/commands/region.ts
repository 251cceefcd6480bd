import type { AwsClients } from '../aws/clients';
import { ConfigError } from '../config';

/** The SDK looks in places of its own, and would say so only at each call, in words that the log keeps to itself. */
export const regionOf = ({ dynamo }: Pick<AwsClients, 'dynamo'>): Promise<string> =>
  dynamo.config.region().catch((cause: unknown) => {
    throw new ConfigError(['AWS_REGION: expected it, or a region in the AWS SDK’s own settings, found neither.'], { cause });
  });
