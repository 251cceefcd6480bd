import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { AwsClients } from '../aws/clients';
import { sqsLetterQueue } from '../aws/letter-queue';
import { ConfigError, type OnCallConfig } from '../config';

const isCalled = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

const isNoQueue = (error: unknown): boolean => isCalled(error, 'QueueDoesNotExist');

/** SQS does not say which: whoever is asked again does. One that was found by its subscription is none that was named. */
const missingQueues = async ({ sqs }: AwsClients, config: OnCallConfig): Promise<readonly string[]> => {
  const named = {
    QUEUE_URL: config.queueUrl,
    DEAD_LETTER_QUEUE_URL: config.deadLetterQueueUrl,
    EVENT_DEAD_LETTER_QUEUE_URL: config.eventDeadLetterQueueUrl,
  };
  const missing: string[] = [];
  for (const [name, url] of Object.entries(named)) {
    const isMissing = url !== null && (await sqsLetterQueue(sqs, url, 'worker').count().then(() => false, isNoQueue)); // prettier-ignore
    if (isMissing) missing.push(`${name}: expected a queue, found none at \`${url}\``);
  }
  return missing;
};

const problemsOf = async (cause: unknown, clients: AwsClients, config: OnCallConfig): Promise<readonly string[]> => {
  if (cause instanceof ResourceNotFoundException)
    return [`TABLE_NAME: expected a table, found none named \`${config.tableName}\``];
  if (isCalled(cause, 'StateMachineDoesNotExist'))
    return [`STATE_MACHINE_ARN: expected a state machine, found none at \`${String(config.stateMachineArn)}\``];
  return isNoQueue(cause) ? missingQueues(clients, config) : [];
};

/** What AWS does not have under a name that was given is the caller's to mend; all else stays what it is. */
export const asMissing = async (cause: unknown, clients: AwsClients, config: OnCallConfig, region: string): Promise<unknown> => {
  const problems = await problemsOf(cause, clients, config);
  return problems.length === 0 ? cause : new ConfigError(problems.map((problem) => `${problem} in ${region}.`), { cause }); // prettier-ignore
};
