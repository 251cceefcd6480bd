import { createServer } from 'node:http';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidDefinition,
  InvalidExecutionInput,
  InvalidName,
  ListExecutionsCommand,
  paginateListExecutions,
  StartExecutionCommand,
  StateMachineAlreadyExists,
  StateMachineDoesNotExist,
  UpdateStateMachineCommand,
  type DescribeExecutionOutput,
  type StartExecutionOutput,
} from '@aws-sdk/client-sfn';
import { awsClients, type AwsClients } from '../../localstack/clients';
import { listenOnLoopback } from '../../localstack/embedded/loopback';
import { startStateMachines } from '../../localstack/embedded/state-machine-api';

const roleArn = 'arn:aws:iam::000000000000:role/any';
const definitions = {
  echo: { StartAt: 'Echo', States: { Echo: { Type: 'Pass', End: true } } },
  hour: { StartAt: 'Hour', States: { Hour: { Type: 'Wait', Seconds: 3600, End: true } } },
  doomed: { StartAt: 'Doom', States: { Doom: { Type: 'Fail', Error: 'NoLuck', Cause: 'today' } } },
};
type Kind = keyof typeof definitions;

let clients: AwsClients;
let close: () => Promise<void>;
const arns = new Map<Kind, string>();

const create = async (name: string, definition: object): Promise<string> => {
  const command = new CreateStateMachineCommand({ name, roleArn, definition: JSON.stringify(definition) });
  return (await clients.sfn.send(command)).stateMachineArn!;
};

beforeAll(async () => {
  const stateMachines = startStateMachines();
  const { url, close: closeServer } = await listenOnLoopback(createServer(stateMachines.handle), 0);
  clients = awsClients(url);
  close = async () => {
    clients.close();
    await closeServer();
    await stateMachines.close();
  };
  for (const [kind, definition] of Object.entries(definitions)) arns.set(kind as Kind, await create(kind, definition));
});

afterAll(() => close());

const start = (kind: Kind, name: string, input = '{}'): Promise<StartExecutionOutput> =>
  clients.sfn.send(new StartExecutionCommand({ stateMachineArn: arns.get(kind), name, input }));

const describeExecution = (executionArn: string | undefined): Promise<DescribeExecutionOutput> =>
  clients.sfn.send(new DescribeExecutionCommand({ executionArn }));

const ended = async ({ executionArn }: StartExecutionOutput): Promise<DescribeExecutionOutput> => {
  const execution = await describeExecution(executionArn);
  return execution.status === 'RUNNING' ? ended({ executionArn, startDate: undefined }) : execution;
};

test('an execution runs, and its output is the workflow’s', async () => {
  const started = await start('echo', 'runs', '{"a":[1,"ü"]}');
  expect(await ended(started)).toMatchObject({
    status: 'SUCCEEDED',
    name: 'runs',
    input: '{"a":[1,"ü"]}',
    output: '{"a":[1,"ü"]}',
  });
});

test('an execution that fails says why', async () => {
  expect(await ended(await start('doomed', 'fails'))).toMatchObject({ status: 'FAILED', error: 'NoLuck', cause: 'today' });
});

test('the same name with the same input is the same execution while it runs', async () => {
  const [first, second] = [await start('hour', 'same', '{"a":1}'), await start('hour', 'same', '{"a":1}')];
  expect(second.executionArn).toBe(first.executionArn);
  expect(second.startDate).toEqual(first.startDate);
});

test('the same name with another input already exists, even while it runs', async () => {
  await start('hour', 'other-input', '{"a":1}');
  await expect(start('hour', 'other-input', '{"a": 1}')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
});

test('the same name with the same input already exists once the execution has ended', async () => {
  await ended(await start('echo', 'over'));
  await expect(start('echo', 'over')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
});

test('the same name is free in another state machine', async () => {
  const [one, other] = [await start('echo', 'shared'), await start('hour', 'shared')];
  expect(one.executionArn).not.toBe(other.executionArn);
});

test('a name with white space, a bracket, a wildcard, a special or a control character is refused', async () => {
  for (const character of ' \t\n<>{}[]?*"#%\\^|~`$&,;:/\u0001\u0085') {
    await expect(start('echo', `a${character}b`)).rejects.toBeInstanceOf(InvalidName);
  }
});

test('a name has 1 to 80 characters', async () => {
  await expect(start('echo', '')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(start('echo', 'x'.repeat(81))).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(start('echo', 'x'.repeat(80))).resolves.toBeDefined();
  await expect(start('echo', 'A.b-c_9é+=@!()')).resolves.toBeDefined();
});

test('an input is JSON', async () => {
  await expect(start('echo', 'no-json', '{"a":')).rejects.toBeInstanceOf(InvalidExecutionInput);
});

test('an input has at most 262,144 bytes, not characters', async () => {
  const ofBytes = (bytes: number): string => `"${'ü'.repeat((bytes - 2) / 2)}"`;
  await expect(start('echo', 'fits', ofBytes(262_144))).resolves.toBeDefined();
  await expect(start('echo', 'too-large', ofBytes(262_146))).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a state machine or an execution that is not there is named as such', async () => {
  const missing = `${arns.get('echo')!}-not`;
  const command = new StartExecutionCommand({ stateMachineArn: missing, name: 'any' });
  await expect(clients.sfn.send(command)).rejects.toBeInstanceOf(StateMachineDoesNotExist);
  await expect(describeExecution(`${arns.get('echo')!}:not`)).rejects.toBeInstanceOf(ExecutionDoesNotExist);
});

test('executions are listed in pages, newest first, each once, whatever starts in between', async () => {
  const stateMachineArn = await create('listed', definitions.echo);
  const startOne = (name: string) => clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name }));
  for (const name of ['one', 'two', 'three', 'four', 'five']) await startOne(name);
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateListExecutions({ client: clients.sfn, pageSize: 2 }, { stateMachineArn })) {
    pages.push(page.executions!.map(({ name }) => name));
    await startOne(`late-${pages.length}`);
  }
  expect(pages).toEqual([['five', 'four'], ['three', 'two'], ['one']]);
});

test('executions are listed by status', async () => {
  await start('hour', 'still-running');
  const listed = (statusFilter: 'RUNNING' | 'SUCCEEDED') =>
    clients.sfn.send(new ListExecutionsCommand({ stateMachineArn: arns.get('hour'), statusFilter }));
  expect((await listed('RUNNING')).executions?.map(({ name }) => name)).toContain('still-running');
  expect((await listed('SUCCEEDED')).executions).toEqual([]);
});

test('creating a state machine again is fine if it is the same, and an error if it is not', async () => {
  expect(await create('echo', definitions.echo)).toBe(arns.get('echo'));
  await expect(create('echo', definitions.hour)).rejects.toBeInstanceOf(StateMachineAlreadyExists);
});

test('an updated state machine runs its new definition', async () => {
  const stateMachineArn = await create('updated', definitions.doomed);
  const definition = JSON.stringify(definitions.echo);
  await clients.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  const started = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'after' }));
  expect(await ended(started)).toMatchObject({ status: 'SUCCEEDED' });
});

test('a definition that is none is refused', async () => {
  await expect(create('nowhere', { StartAt: 'Nowhere', States: {} })).rejects.toBeInstanceOf(InvalidDefinition);
});
