import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { awsClients, type AwsClients } from '../../localstack/clients';
import { substitute } from '../../localstack/definition';
import { startBackOffice, type BackOffice } from '../../localstack/embedded/back-office/server';
import { listenOnLoopback } from '../../localstack/embedded/loopback';
import { credentialScope } from '../../localstack/embedded/signature';
import { startStateMachines } from '../../localstack/embedded/state-machine-api';
import { startTable } from '../../localstack/embedded/table';
import { createStateMachine } from '../../localstack/provision-state-machine';
import { createTable } from '../../localstack/provision-table';
import { resources } from '../../src/resources';

/* The workflow, executed: its table is real, its CRM and tickets can be asked what was written, its pauses are short. */

const wanted = resources('enrichment');
export const steps = ['fetch_crm_contact', 'analyze_sentiment', 'update_ticket_system'] as const;
export const template = readFileSync(join(__dirname, '../..', wanted.stateMachine.definitionFile), 'utf8');

export interface Revision {
  readonly conversationId: string;
  readonly revision?: number;
  readonly life?: string;
  readonly enrichmentSteps?: readonly string[];
  readonly transcript?: object;
  readonly expiresAt?: number;
  /** Further fields of the record. */
  readonly record?: object;
}

export interface Ended {
  readonly status: string;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

type BeforeTask = (stateName: string, executionName: string) => void | Promise<void>;

export interface World {
  readonly office: BackOffice;
  /** What is called before each task; throws in its stead. */
  readonly beforeTask: (hook: BeforeTask) => void;
  /** State names of tasks that one execution has begun, in order. */
  readonly begun: (executionArn: string) => readonly string[];
  readonly start: (revision: Revision, name?: string) => Promise<string>;
  readonly ended: (executionArn: string) => Promise<Ended>;
  readonly stop: (executionArn: string) => Promise<void>;
  readonly guardOf: (conversationId: string) => Promise<Record<string, AttributeValue> | undefined>;
  readonly putGuard: (conversationId: string, attributes: Record<string, AttributeValue>) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const anId = (): string => randomUUID();

export const aTranscript = (...texts: readonly string[]) => ({
  status: 'complete',
  language: 'en-us',
  texts: texts.length > 0 ? texts : ['Thanks, that was great.'],
});

export const inputOf = ({ conversationId, revision = 1, life = '0life', ...more }: Revision): string =>
  JSON.stringify({
    conversationId,
    timestamp: '2026-01-05T10:00:00.000Z',
    callDetails: {},
    callDetailsStatus: 'complete',
    enrichmentSteps: more.enrichmentSteps ?? steps,
    ...(more.transcript && { transcript: more.transcript }),
    ...(more.expiresAt !== undefined && { expiresAt: more.expiresAt }),
    record: {
      ...{ conversationId, life, revision, status: 'final', mediaType: 'voice', direction: 'inbound', startedAt: null },
      ...{ endedAt: null, durationMs: null, finalStatus: 'disconnected', queueIds: [], agentIds: [], wrapUpCodes: [] },
      ...{ metrics: { talkMs: 1 }, externalContactIds: ['ext-1'], caller: '+15550100', callee: null },
      ...more.record,
    },
  });

const keyOf = (conversationId: string) => ({ pk: { S: `X#${conversationId}` }, sk: { S: 'ENRICHMENT' } });

const startEndpoint = async (beforeTask: BeforeTask) => {
  const own = { url: '' };
  // Short enough for a test, and twenty-four of them long enough for whoever is waited for.
  const states = startStateMachines({ endpointUrl: () => own.url, pauseMs: 25, beforeTask });
  const table = startTable(() => own.url);
  const server = createServer((request, response) =>
    (credentialScope(request.headers)?.service === 'states' ? states : table).handle(request, response),
  );
  const { url, close } = await listenOnLoopback(server, 0);
  own.url = url;
  return { url, close: () => Promise.all([states.close(), close()]) };
};

const waitFor = async ({ sfn }: AwsClients, executionArn: string): Promise<Ended> => {
  for (;;) {
    const { status = '', output, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return { status, output: output && (JSON.parse(output) as unknown), error, cause };
  }
};

/** `change` spoils the definition before it is created. */
export const openWorld = async (change: (definition: string) => string = (same) => same): Promise<World> => {
  const begun: (readonly [string, string])[] = [];
  let hook: BeforeTask = () => undefined;
  const endpoint = await startEndpoint((state, execution) => {
    begun.push([execution, state]);
    return hook(state, execution);
  });
  const clients = awsClients(endpoint.url);
  const office = await startBackOffice();
  await createTable(clients.dynamodb, wanted.table);
  const TableName = wanted.table.name;
  const connection = 'arn:aws:events:us-east-1:000000000000:connection/any/no-secret';
  const places = { CrmApiEndpoint: office.crmUrl, TicketApiEndpoint: office.ticketUrl, TableName };
  const definition = change(substitute(template, { ...places, CrmConnectionArn: connection, TicketConnectionArn: connection }));
  const close = async (): Promise<void> => {
    clients.close();
    await Promise.all([office.close(), endpoint.close()]);
  };
  const stateMachineArn = await createStateMachine(clients.sfn, wanted.stateMachine, definition).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    office,
    beforeTask: (newHook) => void (hook = newHook),
    begun: (arn) => begun.filter(([execution]) => arn.endsWith(`:${execution}`)).map(([, state]) => state),
    start: async (revision, name = randomUUID()) => {
      const command = new StartExecutionCommand({ stateMachineArn, name, input: inputOf(revision) });
      return (await clients.sfn.send(command)).executionArn!;
    },
    ended: (arn) => waitFor(clients, arn),
    stop: async (executionArn) => {
      await clients.sfn.send(new StopExecutionCommand({ executionArn }));
    },
    guardOf: async (id) => (await clients.dynamodb.send(new GetItemCommand({ TableName, Key: keyOf(id) }))).Item,
    putGuard: async (id, attributes) => {
      await clients.dynamodb.send(new PutItemCommand({ TableName, Item: { ...keyOf(id), ...attributes } }));
    },
    close,
  };
};

/** One for all tests of a file; what one of them has scripted the next does not inherit. */
export const openForAll = (take: (world: World) => void): void => {
  let world: World | undefined;
  beforeAll(async () => {
    world = await openWorld();
    take(world);
  });
  beforeEach(() => {
    world?.beforeTask(() => undefined);
    world?.office.script([]);
  });
  afterAll(() => world?.close());
};

/** What became of each step, as the output or the cause tells it. */
export const outcomes = ({ output, cause, status }: Ended): Readonly<Record<string, { readonly outcome: string }>> =>
  status === 'SUCCEEDED'
    ? (output as { steps: Record<string, { outcome: string }> }).steps
    : (JSON.parse(cause!) as Record<string, { outcome: string }>);

/** Revisions that the ticket of a conversation has shown, in order. */
export const ticketRevisions = ({ office }: World, conversationId: string): readonly number[] =>
  office
    .written()
    .tickets.filter((write) => write.conversationId === conversationId)
    .map(({ revision }) => revision);

export const entryRevisions = ({ office }: World, conversationId: string): readonly number[] =>
  office
    .written()
    .entries.filter((write) => write.conversationId === conversationId)
    .map(({ revision }) => revision);
