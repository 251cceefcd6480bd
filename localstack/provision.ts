import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTopicCommand, DeleteTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { resources, type Resources } from '../src/resources';
import { awsClients, type AwsClients } from './clients';
import { workflowDefinition, type BackOfficeUrls } from './definition';
import { createQueue, deleteQueue } from './provision-queue';
import { createStateMachine, deleteStateMachine } from './provision-state-machine';
import { createTable, deleteTable } from './provision-table';

export interface Installation {
  /** The embedded stand-ins or LocalStack. */
  readonly endpointUrl: string;
  /** Keeps installations apart on one endpoint. */
  readonly prefix?: string;
  readonly overrides?: Overrides;
  /** Where the workflow's calls go; without it, they are left out. */
  readonly backOffice?: BackOfficeUrls;
}

/** What a demo or a test may want otherwise than production: shorter waits. */
export interface Overrides {
  readonly visibilitySeconds?: number;
  readonly receiveWaitSeconds?: number;
  readonly maxReceiveCount?: number;
}

export interface Provisioned {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueUrl: string;
  readonly deadLetterQueueArn: string;
  readonly eventDeadLetterQueueUrl: string;
  readonly tableName: string;
  readonly topicArn: string;
  readonly stateMachineArn: string;
  /** Settings of the table that the endpoint does not know. */
  readonly skipped: readonly string[];
}

const projectRoot = join(__dirname, '..');

const withClients = async <T>(endpointUrl: string, use: (clients: AwsClients) => Promise<T>): Promise<T> => {
  const clients = awsClients(endpointUrl);
  try {
    return await use(clients);
  } finally {
    clients.close();
  }
};

const createQueues = async ({ sqs }: AwsClients, wanted: Resources, overrides: Overrides) => {
  const [deadLetters, eventDeadLetters] = await Promise.all([
    createQueue(sqs, wanted.deadLetterQueue),
    createQueue(sqs, wanted.eventDeadLetterQueue),
  ]);
  const { maxReceiveCount, ...settings } = { ...wanted.intakeQueue, ...overrides };
  const intake = await createQueue(sqs, settings, { deadLetterTargetArn: deadLetters.arn, maxReceiveCount });
  return {
    ...{ queueUrl: intake.url, queueArn: intake.arn },
    ...{ deadLetterQueueUrl: deadLetters.url, deadLetterQueueArn: deadLetters.arn },
    eventDeadLetterQueueUrl: eventDeadLetters.url,
  };
};

/** Creates what `src/resources.ts` describes, or brings what is there up to date. Twice is the same as once. */
export const provision = ({ endpointUrl, prefix, overrides = {}, backOffice }: Installation): Promise<Provisioned> =>
  withClients(endpointUrl, async (clients) => {
    const wanted = resources(prefix);
    const template = readFileSync(join(projectRoot, wanted.stateMachine.definitionFile), 'utf8');
    const definition = workflowDefinition(template, wanted.table.name, backOffice);
    const [queues, table, topic, stateMachineArn] = await Promise.all([
      createQueues(clients, wanted, overrides),
      createTable(clients.dynamodb, wanted.table),
      clients.sns.send(new CreateTopicCommand({ Name: wanted.topic.name })),
      createStateMachine(clients.sfn, wanted.stateMachine, definition),
    ]);
    return { ...queues, tableName: wanted.table.name, topicArn: topic.TopicArn!, stateMachineArn, skipped: table.skipped };
  });

/** Removes it all; what is not there is fine. */
export const deprovision = ({ endpointUrl, prefix }: Installation): Promise<void> =>
  withClients(endpointUrl, async ({ sqs, sns, sfn, dynamodb }) => {
    const wanted = resources(prefix);
    const topic = await sns.send(new CreateTopicCommand({ Name: wanted.topic.name }));
    await Promise.all([
      deleteQueue(sqs, wanted.intakeQueue.name),
      deleteQueue(sqs, wanted.deadLetterQueue.name),
      deleteQueue(sqs, wanted.eventDeadLetterQueue.name),
      deleteTable(dynamodb, wanted.table.name),
      sns.send(new DeleteTopicCommand({ TopicArn: topic.TopicArn })),
      deleteStateMachine(sfn, wanted.stateMachine.name),
    ]);
  });

export interface Subscription {
  readonly queueUrl: string;
  readonly queueArn: string;
}

/** A queue that receives, as they are published, all records from now on: how a demo or a test sees them. */
export const subscribeQueue = (endpointUrl: string, topicArn: string, queueName: string): Promise<Subscription> =>
  withClients(endpointUrl, async ({ sqs, sns }) => {
    const settings = { ...resources().deadLetterQueue, name: queueName };
    const queue = await createQueue(sqs, settings);
    // Raw: the message's body is the record, and the notification's attributes are the message's.
    const Attributes = { RawMessageDelivery: 'true' };
    await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes }));
    return { queueUrl: queue.url, queueArn: queue.arn };
  });
