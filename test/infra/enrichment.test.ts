import { createHash } from 'node:crypto';
import validate from 'asl-validator';
import { aTranscript, anId, inputOf, openWorld, outcomes, steps, template, type Revision, type World } from './enrichment-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const enrich = async (revision: Revision) => world.ended(await world.start(revision));
const skipped = { outcome: 'skipped' };

test('the workflow is valid Amazon States Language', () => {
  const { isValid, errorsText } = validate(JSON.parse(template) as object, { checkPaths: true, checkArn: true });
  expect(errorsText()).toBe('');
  expect(isValid).toBe(true);
});

test('the contact is found, the transcript read, and the entry and the ticket of the conversation say what came of it', async () => {
  const conversationId = anId();
  const ended = await enrich({ conversationId, revision: 2, transcript: aTranscript('Great, thanks.', 'It is broken.') });
  expect(ended).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      ...{ conversationId, life: '0life', revision: 2 },
      steps: {
        fetch_crm_contact: { outcome: 'done' },
        analyze_sentiment: { outcome: 'done', read: 2, refused: 0 },
        update_ticket_system: { outcome: 'done' },
      },
    },
  });
  const { entries, tickets } = world.office.written();
  const written = { conversationId, life: '0life', revision: 2, sentiments: ['POSITIVE', 'NEGATIVE'] };
  const key = `${createHash('sha256').update(conversationId).digest('hex')}/0life/2`;
  expect(entries.at(-1)).toEqual({
    ...written,
    contactId: expect.stringMatching(/^contact-/) as string,
    idempotencyKey: `${key}/fetch_crm_contact`,
  });
  expect(tickets.at(-1)).toEqual({ ...entries.at(-1), idempotencyKey: `${key}/update_ticket_system` });
});

test.each(steps)('a workflow asked for %s alone skips the others, and says so', async (wanted) => {
  const told = outcomes(await enrich({ conversationId: anId(), enrichmentSteps: [wanted], transcript: aTranscript() }));
  expect(Object.entries(told).map(([name, { outcome }]) => [name, outcome])).toEqual(
    steps.map((name) => [name, name === wanted ? 'done' : 'skipped']),
  );
});

test.each([[[]], [['make_coffee']]])('a workflow asked for %j succeeds and skips', async (enrichmentSteps) => {
  const ended = await enrich({ conversationId: anId(), enrichmentSteps });
  expect(ended.status).toBe('SUCCEEDED');
  expect(Object.values(outcomes(ended))).toEqual([skipped, skipped, skipped]);
});

test('a conversation id may hold any character', async () => {
  const conversationId = `a'b{}"c/ü ${anId()}`;
  expect(await enrich({ conversationId, transcript: aTranscript() })).toMatchObject({
    status: 'SUCCEEDED',
    output: { conversationId },
  });
  expect(world.office.written().tickets.at(-1)).toMatchObject({ conversationId });
  expect(await world.guardOf(conversationId)).toBeDefined();
});

test('an execution lets go of the conversation and leaves what it has written', async () => {
  const conversationId = anId();
  await enrich({ conversationId, revision: 3 });
  const { pk, sk, ...guard } = (await world.guardOf(conversationId))!;
  expect([pk, sk]).toEqual([{ S: `X#${conversationId}` }, { S: 'ENRICHMENT' }]);
  const mark = { life: { S: '0life' }, revision: { N: '3' } };
  expect(guard).toEqual({
    ...{ crmLife: mark.life, crmRevision: mark.revision, ticketLife: mark.life, ticketRevision: mark.revision },
  });
});

test.each([
  ['there is none', {}, 'no-transcript'],
  ['it is absent', { transcript: { ...aTranscript(), status: 'absent' } }, 'no-transcript'],
  ['it has no text', { transcript: { ...aTranscript(), texts: [] } }, 'no-transcript'],
  ['its language is not known', { transcript: { ...aTranscript(), language: null } }, 'no-transcript'],
  ['Comprehend does not speak it', { transcript: { ...aTranscript(), language: 'nl-NL' } }, 'language-unknown-to-comprehend'],
])('no sentiment is looked for in a transcript: %s', async (_, fields, reason) => {
  const ended = await enrich({ conversationId: anId(), ...fields });
  expect(outcomes(ended)).toMatchObject({ analyze_sentiment: { outcome: 'not-needed', reason } });
  expect(world.office.written().tickets.at(-1)).toMatchObject({ sentiments: null });
});

const contactOf = (value: string): string => `contact-${createHash('sha256').update(value).digest('hex').slice(0, 12)}`;

test.each([
  ['its external contact', {}, contactOf('ext-1')],
  ['its caller, without one', { externalContactIds: [], caller: '+15550101' }, contactOf('+15550101')],
  [
    'its callee where it went out',
    { externalContactIds: [], direction: 'outbound', callee: '+15550101' },
    contactOf('+15550101'),
  ],
])('the contact of a conversation is found by %s', async (_, record, contactId) => {
  const ended = await enrich({ conversationId: anId(), record });
  expect(outcomes(ended)).toMatchObject({ fetch_crm_contact: { outcome: 'done' } });
  expect(world.office.written().tickets.at(-1)).toMatchObject({ contactId });
});

test('an external contact that the CRM does not know is looked for by address', async () => {
  world.office.script([{ on: 'contacts', answer: 404 }]);
  await enrich({ conversationId: anId(), record: { caller: '+15550101' } });
  expect(world.office.written().tickets.at(-1)).toMatchObject({ contactId: contactOf('+15550101') });
});

test.each([
  ['nobody is known', { externalContactIds: [], caller: '+15550104' }],
  ['no address is known', { externalContactIds: [], caller: null }],
  ['it went out to nobody', { externalContactIds: [], direction: 'outbound' }],
])('a conversation without a contact needs no entry: %s', async (_, record) => {
  const conversationId = anId();
  const ended = await enrich({ conversationId, record });
  expect(outcomes(ended)).toMatchObject({
    fetch_crm_contact: { outcome: 'not-needed', reason: 'no-contact' },
    update_ticket_system: { outcome: 'done' },
  });
  expect(world.office.written().entries.filter((write) => write.conversationId === conversationId)).toEqual([]);
});

const limitBytes = 262_144;

test('an input as large as an input may be is enriched like any other', async () => {
  const revision = { conversationId: anId(), transcript: aTranscript() };
  const room = limitBytes - Buffer.byteLength(inputOf({ ...revision, record: { padding: '' } }));
  const record = { padding: 'x'.repeat(room) };
  expect(Buffer.byteLength(inputOf({ ...revision, record }))).toBe(limitBytes);
  expect(await enrich({ ...revision, record })).toMatchObject({ status: 'SUCCEEDED' });
});
