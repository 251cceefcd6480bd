import { userInfo } from 'node:os';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** Where AWS is, as far as the environment says. */
export interface StsPlace {
  readonly region?: string;
  readonly endpointUrl?: string;
}

const requestHandler = { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true };

const askAws = async ({ region, endpointUrl }: StsPlace): Promise<string | undefined> => {
  const place = { ...(region === undefined ? {} : { region }), ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }) };
  const client = new STSClient({ ...place, maxAttempts: 2, requestHandler });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn;
  } finally {
    client.destroy();
  }
};

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A user that has no entry, as in some containers.
    return 'unknown';
  }
};

/**
 * Who calls: the ARN, as AWS knows it, and nobody needs a permission to ask. Where it does not say, what this machine says, marked as
 * such: who did something must be on record even then.
 */
export const callerOf = async (place: StsPlace): Promise<string> => {
  const arn = await askAws(place).catch(() => undefined);
  return arn ?? `unverified: ${userName()}`;
};
