import { userInfo } from 'node:os';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Caller } from '../ports-doctor';
import { observe, type Observer } from './observed-clients';
import { type ClientPlace, shortLived } from './short-lived-client';

const askAws = async (place: ClientPlace): Promise<string | undefined> => {
  const client = new STSClient(shortLived(place));
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn;
  } finally {
    client.destroy();
  }
};

/** The same with the account; the observer learns the time from the answer, a refusal too. Rejects with what AWS says otherwise. */
export const describeCaller = async (place: ClientPlace, observer: Observer, abortSignal: AbortSignal): Promise<Caller> => {
  const client = new STSClient(shortLived(place));
  observe(client, observer);
  try {
    const { Arn: arn = '', Account: account = '' } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { arn, account };
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
