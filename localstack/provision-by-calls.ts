import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTopicCommand, DeleteTopicCommand } from '@aws-sdk/client-sns';
import { resources, type Resources } from '../src/resources';
import { withClients, type AwsClients } from './clients';
import { workflowDefinition } from './definition';
import type { Installation, Overrides, Provisioned } from './installation';
import { createQueue, deleteQueue } from './provision-queue';
import { createStateMachine, deleteStateMachine } from './provision-state-machine';
import { createTable, deleteTable } from './provision-table';

/* Where nothing makes stacks: what `src/resources.ts` describes, one call after the other. */

const projectRoot = join(__dirname, '..');

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
export const provisionByCalls = ({ endpointUrl, prefix, overrides = {}, backOffice }: Installation): Promise<Provisioned> =>
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
    const { skipped } = table;
    return {
      ...queues,
      ...{ tableName: wanted.table.name, topicArn: topic.TopicArn!, stateMachineArn, eventBusName: null, skipped },
    };
  });

/** Removes it all; what is not there is fine. */
export const deprovisionByCalls = ({ endpointUrl, prefix }: Installation): Promise<void> =>
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
