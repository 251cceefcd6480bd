import { DescribeExecutionCommand, paginateListExecutions } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, DeleteTopicCommand } from '@aws-sdk/client-sns';
import { subscribeQueue } from '../../localstack/provision';
import { createQueue, deleteQueue } from '../../localstack/provision-queue';
import { createStateMachine, deleteStateMachine } from '../../localstack/provision-state-machine';
import { sqsDeadLetterQueue } from '../../src/aws/dead-letter-queue';
import { dynamoFleet } from '../../src/aws/fleet';
import { snsRecordTopic } from '../../src/aws/record-topic';
import { sfnStateMachine } from '../../src/aws/state-machine';
import { resources } from '../../src/resources';
import { installAws, type AwsInstallation } from './aws-installation';
import { takeMessages } from './aws-queue-reader';
import { deadLetterQueueContract, setAsideBy } from './dead-letter-queue.contract';
import { fleetContract } from './fleet.contract';
import { recordTopicContract } from './record-topic.contract';
import { stateMachineContract } from './state-machine.contract';

let aws: AwsInstallation;
const cleanups: (() => Promise<unknown>)[] = [];
let names = 0;
const freshName = (): string => `${aws.prefix}-${(names += 1)}`;

beforeAll(async () => {
  aws = await installAws();
});
afterAll(async () => {
  await Promise.all(cleanups.map((cleanUp) => cleanUp()));
  await aws.remove();
});

fleetContract('DynamoDB', async () => {
  const fleet = dynamoFleet({ dynamo: aws.clients.dynamo, tableName: aws.names.tableName });
  for (const { workerId } of await fleet.members()) await fleet.remove(workerId);
  return fleet;
});

stateMachineContract('Step Functions', async () => {
  const { sfn } = aws.clients;
  const name = freshName();
  const definition = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } });
  const arn = await createStateMachine(sfn, { ...resources().stateMachine, name }, definition);
  cleanups.push(() => deleteStateMachine(sfn, name));
  const executions = async (): Promise<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>();
    for await (const page of paginateListExecutions({ client: sfn }, { stateMachineArn: arn }))
      for (const { executionArn, name: executionName } of page.executions ?? []) {
        const { input } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        found.set(executionName ?? '', input ?? '');
      }
    return found;
  };
  return { machine: sfnStateMachine(sfn, arn), executions };
});

recordTopicContract('SNS', async () => {
  const { sns, sqs } = aws.clients;
  const name = freshName();
  const { TopicArn: arn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
  const { queueUrl } = await subscribeQueue(aws.endpointUrl, arn, name);
  cleanups.push(() => deleteQueue(sqs, name));
  cleanups.push(() => sns.send(new DeleteTopicCommand({ TopicArn: arn })));
  const published = async (atLeast: number) =>
    (await takeMessages(sqs, queueUrl, atLeast)).map(({ body, attributes }) => ({ message: body, attributes }));
  return { topic: snsRecordTopic(sns, arn), published };
});

deadLetterQueueContract('SQS', async () => {
  const { sqs } = aws.clients;
  const name = freshName();
  const { url } = await createQueue(sqs, { ...resources().deadLetterQueue, name });
  cleanups.push(() => deleteQueue(sqs, name));
  return {
    queue: sqsDeadLetterQueue(sqs, url, setAsideBy),
    letters: (atLeast) => takeMessages(sqs, url, atLeast),
  };
});
