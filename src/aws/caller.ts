import { userInfo } from 'node:os';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type ClientPlace, shortLived } from './short-lived-client';

const askAws = async (place: ClientPlace): Promise<string | undefined> => {
  const client = new STSClient(shortLived(place));
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
export const callerOf = async (place: ClientPlace): Promise<string> => {
  const arn = await askAws(place).catch(() => undefined);
  return arn ?? `unverified: ${userName()}`;
};
