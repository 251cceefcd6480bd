import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import validate from 'asl-validator';
import { awsClients, type AwsClients } from '../../localstack/clients';
import { deprovision, provision } from '../../localstack/provision';
import { resources } from '../../src/resources';
import { awsEndpoint, type AwsEndpoint } from '../stand-ins';

const { definitionFile } = resources().stateMachine;
const definition = JSON.parse(readFileSync(join(__dirname, '../..', definitionFile), 'utf8')) as object;
const prefix = `t-${randomUUID().slice(0, 8)}`;
const allSteps = ['fetch_crm_contact', 'analyze_sentiment', 'update_ticket_system'];

let endpoint: AwsEndpoint;
let clients: AwsClients;
let stateMachineArn: string;

beforeAll(async () => {
  endpoint = await awsEndpoint();
  clients = awsClients(endpoint.url);
  ({ stateMachineArn } = await provision({ endpointUrl: endpoint.url, prefix }));
}, 60_000);

afterAll(async () => {
  await deprovision({ endpointUrl: endpoint.url, prefix });
  clients.close();
  await endpoint.stop();
});

const outcome = async (executionArn: string): Promise<{ status: string; output: unknown }> => {
  const { status, output } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
  if (status === 'RUNNING') return outcome(executionArn);
  return { status: status!, output: output === undefined ? undefined : JSON.parse(output) };
};

const enrich = async (enrichmentSteps: readonly string[], conversationId = 'c-1') => {
  const input = JSON.stringify({
    conversationId,
    timestamp: '2026-01-05T10:00:00.000Z',
    callDetails: {},
    callDetailsStatus: 'complete',
    enrichmentSteps,
    record: { conversationId, life: '0life', revision: 2 },
  });
  const { executionArn } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name: randomUUID(), input }));
  return outcome(executionArn!);
};

test('the workflow is valid Amazon States Language', () => {
  const { isValid, errorsText } = validate(definition, { checkPaths: true, checkArn: true });
  expect(errorsText()).toBe('');
  expect(isValid).toBe(true);
});

test('every step runs under the idempotency key of its conversation, life and revision', async () => {
  const step = { outcome: 'simulated', idempotencyKey: { conversationId: 'c-1', life: '0life', revision: 2 } };
  expect(await enrich(allSteps)).toEqual({
    status: 'SUCCEEDED',
    output: {
      conversationId: 'c-1',
      life: '0life',
      revision: 2,
      steps: { fetch_crm_contact: step, analyze_sentiment: step, update_ticket_system: step },
    },
  });
});

test.each(allSteps)('a workflow asked for %s alone skips the others, and says so', async (wanted) => {
  const { output } = await enrich([wanted]);
  const outcomes = Object.entries((output as { steps: Record<string, { outcome: string }> }).steps).map(([name, step]) => [
    name,
    step.outcome,
  ]);
  expect(Object.fromEntries(outcomes)).toEqual(
    Object.fromEntries(allSteps.map((name) => [name, name === wanted ? 'simulated' : 'skipped'])),
  );
});

test('a workflow asked for nothing, or for a step it does not know, succeeds and skips', async () => {
  const skipped = { outcome: 'skipped' };
  const steps = { fetch_crm_contact: skipped, analyze_sentiment: skipped, update_ticket_system: skipped };
  expect(await enrich([])).toMatchObject({ status: 'SUCCEEDED', output: { steps } });
  expect(await enrich(['make_coffee'])).toMatchObject({ status: 'SUCCEEDED', output: { steps } });
});

test('a conversation id may hold any character', async () => {
  const id = `a'b{}"c\\d/ü`;
  expect(await enrich(allSteps, id)).toMatchObject({
    status: 'SUCCEEDED',
    output: { conversationId: id, steps: { fetch_crm_contact: { idempotencyKey: { conversationId: id } } } },
  });
});
