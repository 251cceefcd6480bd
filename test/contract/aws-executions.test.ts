import { randomBytes } from 'node:crypto';
import { paginateListExecutions } from '@aws-sdk/client-sfn';
import { createStateMachine, deleteStateMachine } from '../../localstack/provision-state-machine';
import { sfnExecutions } from '../../src/aws/executions';
import { resources } from '../../src/resources';
import { installAws, type AwsInstallation } from './aws-installation';
import { executionsContract } from './executions.contract';

let aws: AwsInstallation;
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  aws = await installAws();
});
afterAll(async () => {
  await Promise.all(cleanups.map((cleanUp) => cleanUp()));
  await aws.remove();
});

const definition = JSON.stringify({
  StartAt: 'Choose',
  States: {
    Choose: { Type: 'Choice', Choices: [{ Variable: '$.end', StringEquals: 'fails', Next: 'Fails' }], Default: 'Succeeds' },
    Fails: { Type: 'Fail', Error: 'Crm.Refused', Cause: 'It is full.' },
    Succeeds: { Type: 'Succeed' },
  },
});

const freshMachine = async (): Promise<string> => {
  const name = `${aws.prefix}-${randomBytes(4).toString('hex')}`;
  cleanups.push(() => deleteStateMachine(aws.clients.sfn, name));
  return createStateMachine(aws.clients.sfn, { ...resources().stateMachine, name }, definition);
};

const isAnyRunning = async (stateMachineArn: string): Promise<boolean> => {
  for await (const page of paginateListExecutions({ client: aws.clients.sfn }, { stateMachineArn, statusFilter: 'RUNNING' }))
    if ((page.executions ?? []).length > 0) return true;
  return false;
};

executionsContract('Step Functions', async () => {
  const arn = await freshMachine();
  const settle = async (): Promise<void> => {
    while (await isAnyRunning(arn));
  };
  return { executions: sfnExecutions(aws.clients.sfn, arn), settle };
});

test('Failed ones are listed to the last, over any number of pages', async () => {
  const arn = await freshMachine();
  const { sfn } = aws.clients;
  const names = Array.from({ length: 7 }, (_, at) => `n-${String(at)}`);
  for (const name of names) await sfnExecutions(sfn, arn).start({ name, input: '{"end":"fails"}' });
  while (await isAnyRunning(arn));
  const listed: string[] = [];
  for await (const { name } of sfnExecutions(sfn, arn, { pageSize: 2 }).listFailed()) listed.push(name);
  expect(listed.sort()).toEqual(names);
});
