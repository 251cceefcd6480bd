import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { subscribeWithDeadLetters } from '../../localstack/provision-subscription';
import { stringAttributes } from '../../src/aws/message-attributes';
import { dynamoWindowTable } from '../../src/aws/window-table';
import { parkedOn } from '../../src/core/items';
import { deadLetterAttributes } from '../../src/core/rejection';
import { makeLife } from '../../src/core/life';
import { installAws, type AwsInstallation } from '../contract/aws-installation';
import { anEvent } from '../factories';
import { hurried, startForwardingEndpoint } from '../forwarding-endpoint';

/* An installation in which things have stopped, each in its place, for commands to be tried on. */

export interface Troubled {
  readonly aws: AwsInstallation;
  /** For workers: nothing is waited for long. */
  readonly environment: Readonly<Record<string, string>>;
  /** For commands: they wait for no letters that there are not. */
  readonly commandEnvironment: Readonly<Record<string, string>>;
  /** Dead-letter queues of two subscriptions: a queue's, and a function's. */
  readonly deadOfQueue: string;
  readonly deadOfFunction: string;
  readonly send: (queueUrl: string, body: string, attributes?: Readonly<Record<string, string>>) => Promise<void>;
  readonly sendMany: (queueUrl: string, bodies: readonly string[]) => Promise<void>;
  readonly countOf: (queueUrl: string) => Promise<number>;
  readonly park: (conversationId: string, lastError: string) => Promise<void>;
  /** A note in the table of why this body was refused. */
  readonly note: (body: string) => Promise<void>;
  readonly failExecution: (name: string, input: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

const fast = {
  ...{ CALL_DETAILS: 'off', HOLD_MS: '0', ACW_HOLD_MS: '0', OUT_OF_ORDERNESS_MS: '0', SHARDS: '1', LOG_LEVEL: 'error' },
  ...{ WAIT_TIME_SECONDS: '1', VISIBILITY_SECONDS: '5', HEARTBEAT_MS: '200', TICK_MS: '100', CONSUMERS: '2' },
};

const sendings = ({ clients: { sqs } }: AwsInstallation): Pick<Troubled, 'send' | 'sendMany' | 'countOf'> => ({
  send: async (QueueUrl, MessageBody, attributes = {}) => {
    const MessageAttributes = stringAttributes(attributes);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));
  },
  sendMany: async (QueueUrl, bodies) => {
    for (let at = 0; at < bodies.length; at += 10) {
      const Entries = bodies.slice(at, at + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
  },
  countOf: async (QueueUrl) => {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }));
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
  },
});

const park =
  ({ clients: { dynamo }, names }: AwsInstallation): Troubled['park'] =>
  async (conversationId, lastError) => {
    const table = dynamoWindowTable({ dynamo, tableName: names.tableName });
    const expiresAtMs = Date.now() + 86_400_000;
    await table.writeEvents([{ event: anEvent({ conversation: conversationId }), sentAtMs: Date.now() }], expiresAtMs);
    const life = makeLife(Date.now(), 1);
    const set = {
      state: 'parked',
      life,
      finished: 0,
      attempts: 8,
      waits: 0,
      lastError,
      dueOn: parkedOn,
      dueAt: Date.now(),
    } as const;
    await table.updateHead({ conversationId, expect: 'missing', set, expiresAtMs });
  };

const note =
  ({ clients: { dynamo }, names }: AwsInstallation): Troubled['note'] =>
  (body) => {
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    const attributes = { [deadLetterAttributes.reason]: 'invalid' };
    const table = dynamoWindowTable({ dynamo, tableName: names.tableName });
    return table.putFailureNote({ bodySha256, atMs: Date.now(), attributes }, Date.now() + 86_400_000);
  };

const failExecution =
  ({ clients: { sfn }, names: { stateMachineArn } }: AwsInstallation): Troubled['failExecution'] =>
  async (name, input) => {
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    let status = 'RUNNING';
    while (status === 'RUNNING') ({ status = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn })));
    if (status !== 'FAILED') throw new Error(`Expected an execution that fails, it ended as ${status}.`);
  };

const environmentOf = ({ endpointUrl, names }: AwsInstallation, cache: string) => ({
  ...{ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: endpointUrl, XDG_CACHE_HOME: cache },
  ...{ QUEUE_URL: names.queueUrl, DEAD_LETTER_QUEUE_URL: names.deadLetterQueueUrl, TABLE_NAME: names.tableName },
  ...{ EVENT_DEAD_LETTER_QUEUE_URL: names.eventDeadLetterQueueUrl, RECORD_TOPIC_ARN: names.topicArn },
  ...{ STATE_MACHINE_ARN: names.stateMachineArn, ...fast },
});

export const openTroubled = async (): Promise<Troubled> => {
  const aws = await installAws({ visibilitySeconds: 5, receiveWaitSeconds: 1 });
  const { endpointUrl, prefix, names } = aws;
  const subscribe = (name: string, protocol: 'sqs' | 'lambda') =>
    subscribeWithDeadLetters({ endpointUrl, topicArn: names.topicArn, name: `${prefix}-${name}`, protocol });
  const ofQueue = await subscribe('subscriber', 'sqs');
  const ofFunction = await subscribe('subscriber-function', 'lambda');
  const cache = mkdtempSync(join(tmpdir(), 'tidemark-troubled-'));
  const environment = environmentOf(aws, cache);
  const endpoint = await startForwardingEndpoint(endpointUrl, ({ body }) => hurried(body));
  return {
    aws,
    environment,
    commandEnvironment: { ...environment, AWS_ENDPOINT_URL: endpoint.url },
    deadOfQueue: ofQueue.deadLetterQueueUrl,
    deadOfFunction: ofFunction.deadLetterQueueUrl,
    ...sendings(aws),
    park: park(aws),
    note: note(aws),
    failExecution: failExecution(aws),
    remove: async () => {
      rmSync(cache, { recursive: true, force: true });
      await endpoint.close();
      await aws.remove();
    },
  };
};
