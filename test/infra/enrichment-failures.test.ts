import { TaskFailure } from '../../localstack/embedded/tasks/task';
import { aTranscript, anId, openForAll, outcomes, template, ticketRevisions, type World } from './enrichment-world';

let world: World;
openForAll((opened) => (world = opened));

type States = Readonly<Record<string, { readonly Type: string; readonly Resource?: string }>>;
const tasks = Object.entries((JSON.parse(template) as { readonly States: States }).States)
  .filter(([, { Type }]) => Type === 'Task')
  .map(([name, { Resource = '' }]) => [name, Resource] as const);

const gone = 'arn:of:nobody';
const passing: Readonly<Record<string, string>> = {
  'arn:aws:states:::dynamodb:updateItem': 'DynamoDB.ProvisionedThroughputExceededException',
  'arn:aws:states:::dynamodb:getItem': 'DynamoDB.InternalServerErrorException',
  'arn:aws:states:::http:invoke': 'States.Http.Socket',
  'arn:aws:states:::aws-sdk:comprehend:batchDetectSentiment': 'Comprehend.TooManyRequestsException',
  'arn:aws:states:::aws-sdk:sfn:describeExecution': 'Sfn.SdkClientException',
};

/** Leads through the state: by address where there is no external contact, over a guard that somebody has left behind. */
const leadThrough = async (state: string): Promise<string> => {
  const conversationId = anId();
  await world.putGuard(conversationId, { holder: { S: gone } });
  const outbound = { direction: 'outbound', callee: '+15550101' };
  const byAddress = { externalContactIds: [], caller: '+15550101', ...(state.endsWith('Callee') && outbound) };
  const record = /Caller|Callee/.test(state) ? byAddress : {};
  return world.start({ conversationId, transcript: aTranscript(), expiresAt: 1_800_000_000, record });
};

const failsAt = (state: string, times: number, failure: TaskFailure): void => {
  let left = times;
  world.beforeTask((name) => {
    if (name === state && left-- > 0) throw failure;
  });
};

test.each(tasks)('%s is tried again after what passes', async (state, resource) => {
  failsAt(state, 3, new TaskFailure(passing[resource]!, 'not now'));
  const arn = await leadThrough(state);
  const ended = await world.ended(arn);
  expect(world.begun(arn).filter((name) => name === state)).toHaveLength(4);
  expect(Object.values(outcomes(ended)).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
});

test.each(tasks)('%s is tried again after it has taken too long', async (state) => {
  failsAt(state, 1, new TaskFailure('States.Timeout', 'too long'));
  expect(await world.ended(await leadThrough(state))).toMatchObject({ status: 'SUCCEEDED' });
});

const whatFails: Readonly<Record<string, readonly string[]>> = {
  AnalyzeSentiment: ['analyze_sentiment'],
  FindContactById: ['fetch_crm_contact'],
  FindContactByCallee: ['fetch_crm_contact'],
  FindContactByCaller: ['fetch_crm_contact'],
  FenceCrm: ['fetch_crm_contact'],
  UpdateCrmContact: ['fetch_crm_contact'],
  FenceTicket: ['update_ticket_system'],
  UpdateTicketSystem: ['update_ticket_system'],
  KeepUntil: [],
  LetGo: [],
};
const bothSystems = ['fetch_crm_contact', 'update_ticket_system'];

test.each(tasks)('%s that never succeeds fails its own step, and the others are done', async (state, resource) => {
  failsAt(state, 1_000, new TaskFailure(passing[resource]!, 'a telephone number, +15550199'));
  const ended = await world.ended(await leadThrough(state));
  const failed = whatFails[state] ?? bothSystems;
  expect(ended).toMatchObject(failed.length > 0 ? { status: 'FAILED', error: 'EnrichmentIncomplete' } : { status: 'SUCCEEDED' });
  const told = outcomes(ended);
  for (const [step, outcome] of Object.entries(told))
    expect([step, outcome]).toMatchObject([
      step,
      failed.includes(step) ? { outcome: 'failed', error: passing[resource] } : { outcome: 'done' },
    ]);
  expect(JSON.stringify(ended)).not.toContain('+15550199');
});

test.each(tasks)('after %s has failed the next revision is not held up', async (state, resource) => {
  const conversationId = anId();
  failsAt(state, 1_000, new TaskFailure(passing[resource]!, 'never'));
  await world.ended(await world.start({ conversationId, revision: 1, transcript: aTranscript() }));
  world.beforeTask(() => undefined);
  expect(await world.ended(await world.start({ conversationId, revision: 2 }))).toMatchObject({ status: 'SUCCEEDED' });
  expect(ticketRevisions(world, conversationId).at(-1)).toBe(2);
});

test.each([408, 409, 429, 500, 502, 503, 504])('status %i of the ticket system is tried again', async (answer) => {
  world.office.script([{ on: 'tickets', answer, times: 3 }]);
  expect(await world.ended(await world.start({ conversationId: anId() }))).toMatchObject({ status: 'SUCCEEDED' });
});

test.each([400, 401, 403, 404, 422])('status %i of the ticket system is final', async (answer) => {
  world.office.script([{ on: 'tickets', answer, times: 3 }]);
  const arn = await world.start({ conversationId: anId() });
  const ended = await world.ended(arn);
  expect(outcomes(ended)).toMatchObject({
    fetch_crm_contact: { outcome: 'done' },
    update_ticket_system: { outcome: 'failed', error: `States.Http.StatusCode.${answer}` },
  });
  expect(world.begun(arn).filter((name) => name === 'UpdateTicketSystem')).toHaveLength(1);
});

test('a revision that failed while the CRM was down is enriched by another execution with the same input', async () => {
  const conversationId = anId();
  world.office.script([{ on: 'conversations', answer: 503, times: 100 }]);
  const ended = await world.ended(await world.start({ conversationId, revision: 2 }));
  expect(outcomes(ended)).toMatchObject({ fetch_crm_contact: { outcome: 'failed', error: 'States.Http.StatusCode.503' } });
  world.office.script([]);
  const again = await world.ended(await world.start({ conversationId, revision: 2 }));
  expect(outcomes(again)).toMatchObject({ fetch_crm_contact: { outcome: 'done' }, update_ticket_system: { outcome: 'done' } });
});

test('texts that Comprehend refuses are counted, and a transcript of which it reads none has failed', async () => {
  const tooLong = 'x'.repeat(5_001);
  const some = await world.ended(await world.start({ conversationId: anId(), transcript: aTranscript('fine', tooLong) }));
  expect(outcomes(some)).toMatchObject({ analyze_sentiment: { outcome: 'done', read: 1, refused: 1 } });
  const none = await world.ended(await world.start({ conversationId: anId(), transcript: aTranscript(tooLong) }));
  expect(outcomes(none)).toMatchObject({ analyze_sentiment: { outcome: 'failed', error: 'EveryTextRefused' } });
});
