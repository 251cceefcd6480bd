import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { defaultPrefix, moreOutputs, resources, stackOutputs } from '../../src/resources';
import { withClients } from '../clients';
import type { Installation, Provisioned } from '../installation';
import { deleteStack, deployStack, type StackOutputs } from './deploy';
import { forLocalStack } from './deviations';
import { withOverrides } from './overrides';
import { templateFor } from './read-template';

/* What production gets, by the template that production gets it from. */

const outputOf = (outputs: StackOutputs, name: string): string => {
  const value = outputs.get(name);
  if (value === undefined) throw new Error(`Expected the stack to tell ${name}; it tells ${[...outputs.keys()].join(', ')}.`);
  return value;
};

/** At the address through which the endpoint was reached: its own name for itself may mean nothing here. */
const asReached = (queueUrl: string, endpointUrl: string): string => {
  const url = new URL(queueUrl);
  ({ protocol: url.protocol, host: url.host } = new URL(endpointUrl));
  return url.href;
};

const readArns = (endpointUrl: string, queueUrls: readonly string[]): Promise<readonly string[]> =>
  withClients(endpointUrl, ({ sqs }) =>
    Promise.all(
      queueUrls.map(async (QueueUrl) => {
        const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
        return Attributes!['QueueArn']!;
      }),
    ),
  );

/** LocalStack's CloudFormation passes over it. */
const readSkipped = (endpointUrl: string, TableName: string): Promise<readonly string[]> =>
  withClients(endpointUrl, async ({ dynamodb }) => {
    const { ContinuousBackupsDescription: backups } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    const isOn = backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED';
    return isOn ? [] : ['pointInTimeRecovery'];
  });

const toProvisioned = async (endpointUrl: string, outputs: StackOutputs): Promise<Provisioned> => {
  const queue = (name: string): string => asReached(outputOf(outputs, name), endpointUrl);
  const queueUrl = queue(stackOutputs.QUEUE_URL);
  const deadLetterQueueUrl = queue(stackOutputs.DEAD_LETTER_QUEUE_URL);
  const [queueArn = '', deadLetterQueueArn = ''] = await readArns(endpointUrl, [queueUrl, deadLetterQueueUrl]);
  const tableName = outputOf(outputs, stackOutputs.TABLE_NAME);
  return {
    ...{ queueUrl, queueArn, deadLetterQueueUrl, deadLetterQueueArn },
    eventDeadLetterQueueUrl: queue(stackOutputs.EVENT_DEAD_LETTER_QUEUE_URL),
    tableName,
    topicArn: outputOf(outputs, stackOutputs.RECORD_TOPIC_ARN),
    stateMachineArn: outputOf(outputs, stackOutputs.STATE_MACHINE_ARN),
    eventBusName: outputOf(outputs, moreOutputs.eventBusName),
    skipped: await readSkipped(endpointUrl, tableName),
  };
};

/** `text`: of the template, where it is not the usual one. */
export const provisionByStack = async (
  { endpointUrl, prefix = defaultPrefix, overrides = {}, backOffice }: Installation,
  text?: string,
): Promise<Provisioned> => {
  if (backOffice) throw new Error('Expected no back office where stacks are made; there, the workflow calls nobody.');
  const template = withOverrides(templateFor(prefix, text), resources(prefix).intakeQueue.name, overrides);
  return toProvisioned(endpointUrl, await deployStack(endpointUrl, prefix, forLocalStack(template)));
};

export const deprovisionByStack = ({ endpointUrl, prefix = defaultPrefix }: Installation): Promise<void> =>
  deleteStack(endpointUrl, prefix);
