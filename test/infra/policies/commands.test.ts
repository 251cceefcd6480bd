import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { deadLetterAttributes } from '../../../src/core/rejection';
import { moreOutputs, stackOutputs } from '../../../src/resources';
import { feedMessage } from '../../factories';
import { openTroubled, type Troubled } from '../../runbook/troubled-installation';
import { startWorkerHere } from '../../runbook/worker-here';
import { runHere } from '../../run-here';
import { partnerBus, valuesOf, workerRoleArn } from './installation';
import { isAllowed, policyNames, readPolicy, unusedParts, type IamRequest, type Policy, type PolicyName } from './policy';
import { startRecordingEndpoint, type RecordingEndpoint } from './recording-endpoint';

/* Each command, executed where things have stopped; what it asks of AWS held against the policies. In their order, while a worker runs. */

const environment = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'tidemark-policies-'));
const file = (name: string): string => join(folder, name);
const admitted = '00000000-0000-4000-8000-000000000001';
const parked = '00000000-0000-4000-8000-000000000002';
const body = (type: string, conversation = admitted): string => JSON.stringify(feedMessage({ type, conversation }));

const long = body('customer.start', 'long').padEnd(1_048_576 - 100);

let troubled: Troubled;
let endpoint: RecordingEndpoint;
let worker: ReturnType<typeof startWorkerHere>;
const asked: IamRequest[] = [];

const createStack = async (): Promise<void> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CloudFormationClient({ endpoint: troubled.aws.endpointUrl, region: 'us-east-1', credentials });
  const places = Object.entries(stackOutputs).map(([name, output]) => [output, { Value: troubled.environment[name] ?? '100' }]);
  const told: Readonly<Record<string, string>> = {
    [moreOutputs.eventBusName]: partnerBus(troubled.aws.prefix),
    [moreOutputs.ruleName]: `${partnerBus(troubled.aws.prefix)}|${troubled.aws.prefix}-feed`,
    [moreOutputs.workerRoleArn]: workerRoleArn(troubled.aws.prefix),
    // Who is on call need not read the secret.
    [moreOutputs.genesysSettings]: '{"CALL_DETAILS":"off"}',
  };
  const more = Object.entries(told).map(([output, Value]) => [output, { Value }]);
  const TemplateBody = JSON.stringify({ Outputs: Object.fromEntries([...places, ...more]) as unknown });
  await client.send(new CreateStackCommand({ StackName: troubled.aws.prefix, TemplateBody }));
  client.destroy();
};

beforeAll(async () => {
  troubled = await openTroubled();
  endpoint = await startRecordingEndpoint(troubled.aws.endpointUrl);
  Object.assign(process.env, troubled.environment, { AWS_ENDPOINT_URL: endpoint.url });
  worker = startWorkerHere(troubled.environment);
  const { names } = troubled.aws;
  await troubled.sendMany(names.queueUrl, [body('customer.start'), body('customer.end')]);
  await createStack();
  await troubled.park(parked, 'TypeError');
  await troubled.failExecution('failed', '{}');
  // The last one has stopped for nothing that a redrive would mend.
  for (const one of [body('customer.start'), body('acw', 'other'), 'no JSON']) await troubled.send(names.deadLetterQueueUrl, one);
  // Its story has room beside it, but not beside the history of its redrives, too.
  await troubled.send(names.deadLetterQueueUrl, long, { [deadLetterAttributes.reason]: 'unknown-type' });
  await troubled.send(names.eventDeadLetterQueueUrl, body('customer.start', 'third'));
  for (const queue of [troubled.deadOfQueue, troubled.deadOfFunction]) await troubled.send(queue, '{}');
  writeFileSync(file('mended.json'), body('customer.end', 'mended'));
  while ((await runHere('record', admitted)).code !== 0);
});
afterAll(async () => {
  await worker.stop();
  process.env = environment;
  rmSync(folder, { recursive: true, force: true });
  await endpoint.close();
  await troubled.remove();
});

/** What AWS was asked for by this command line. */
const requestsOf = async (args: readonly string[]): Promise<readonly IamRequest[]> => {
  endpoint.taken();
  const ran = await runHere(...args);
  if (ran.code === 2) throw new Error(`Expected ${args.join(' ')} to be understood: ${ran.stderr}${ran.stdout}`);
  const requests = endpoint.taken();
  expect(requests.length).toBeGreaterThan(0);
  asked.push(...requests);
  return requests;
};

const policyOf = (name: PolicyName): Policy => readPolicy(name, valuesOf(troubled.aws.prefix));

const refusedBy = (names: readonly PolicyName[], requests: readonly IamRequest[]): readonly string[] => {
  const policies = names.map(policyOf);
  const refused = requests.filter((request) => !isAllowed(policies, request));
  return [...new Set(refused.map(({ action, resource, leadingKeys }) => [action, resource, ...leadingKeys].join(' ')))];
};

/** Ids that a person would copy from a list. */
const letter = async (place: string): Promise<string> => {
  const { stdout } = await runHere('dead-letters', 'list', '--place', place, '--refresh', '--json');
  return (JSON.parse(stdout) as { stopped: readonly { id: string }[] }).stopped[0]!.id;
};
const lastJob = async (): Promise<string> =>
  (JSON.parse((await runHere('dead-letters', 'jobs', '--json')).stdout) as readonly { job: string }[])[0]!.job;

type Line = readonly (string | (() => Promise<string> | string))[];

const filledIn = async (line: Line): Promise<readonly string[]> => {
  const words: string[] = [];
  for (const word of line) words.push(typeof word === 'string' ? word : await word());
  return words;
};
const nameOf = (line: Line): string => line.map((word) => (typeof word === 'string' ? word : '…')).join(' ');
const named = (lines: readonly Line[]) => lines.map((line) => [nameOf(line), line] as const);

const why = ['--why', 'tried by a test'];
const dead = 'dead-letters';
const redrive = (...more: readonly string[]): Line => [dead, 'redrive', ...more, ...why];
const archive: Line = [dead, 'archive', () => file('archive.jsonl'), ...why];
const restore: Line = [dead, 'restore', () => file('archive.jsonl'), ...why];
const edit: Line = [
  dead,
  'edit',
  () => letter('worker'),
  '--body',
  () => file('mended.json'),
  '--keep',
  () => file('kept.jsonl'),
  ...why,
];
const discard: Line = [dead, 'discard', '--place', 'worker', ...why];
const rebuild: Line = ['rebuild', '--conversation', admitted, ...why];
const forget: Line = ['forget', admitted, ...why];

const looks: readonly Line[] = [
  ['lateness'],
  ['schemas', 'drift'],
  ['schemas', 'propose', '--dead-letters'],
  ['levers'],
  ['doctor', '--stack', () => troubled.aws.prefix],
  ['record', admitted, '--all'],
  ['explain', admitted],
  [dead, 'groups', '--refresh', '--stack', () => troubled.aws.prefix],
  [dead, 'list'],
  [dead, 'show', () => letter('worker')],
  [dead, 'show', () => letter('window')],
  [dead, 'show', () => letter('execution')],
  [dead, 'jobs'],
  [dead, 'history'],
];
const dryRuns: readonly Line[] = [redrive(), edit, archive, discard, rebuild, forget];
const changes: readonly Line[] = [
  edit,
  archive,
  restore,
  redrive('--place', 'eventbridge'),
  redrive('--place', 'subscription'),
  redrive('--place', 'worker'),
  redrive('--place', 'window'),
  redrive('--place', 'execution'),
  [...discard, '--confirm', 'discard 1'],
  rebuild,
  ['rebuild', '--since', '2026-01-01T00:00:00Z', ...why],
].map((line) => [...line, '--execute']);
const reason = ['--reason', 'tried by a test'];
const pulls: readonly Line[] = [
  ['pause', 'closing', ...reason],
  ['resume', 'closing', ...reason],
  [dead, 'resume', lastJob],
  [dead, 'cancel', lastJob],
];

describe('who looks may do so', () => {
  test.each(named(looks))('%s', async (_, line) => {
    expect(refusedBy(['on-call-read'], await requestsOf(await filledIn(line)))).toEqual([]);
  });
});

describe('a dry run needs no more than looking', () => {
  test.each(named(dryRuns))('%s', async (_, line) => {
    expect(refusedBy(['on-call-read'], await requestsOf(await filledIn(line)))).toEqual([]);
  });
});

describe('an operator may, and who only looks may not', () => {
  test.each(named([...changes, ...pulls]))('%s', async (_, line) => {
    const requests = await requestsOf(await filledIn(line));
    expect(refusedBy(['on-call-read', 'on-call-operator'], requests)).toEqual([]);
    expect(refusedBy(['on-call-read'], requests)).not.toEqual([]);
  });
});

test('to have a conversation forgotten takes a right of its own', async () => {
  const last = body('customer.start');
  await troubled.note(last);
  await troubled.send(troubled.aws.names.deadLetterQueueUrl, last);
  const line: Line = [...forget, '--execute', '--confirm', `forget ${admitted}`];
  const requests = await requestsOf(await filledIn(line));
  expect(refusedBy(['on-call-read', 'on-call-privacy'], requests)).toEqual([]);
  expect(refusedBy(['on-call-read', 'on-call-operator'], requests)).not.toEqual([]);
});

test.each(policyNames)('%s allows nothing that nobody needs', (name) => {
  expect(unusedParts(policyOf(name), asked)).toEqual([]);
});
