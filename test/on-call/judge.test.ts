import { createHash } from 'node:crypto';
import { generateTraffic } from '../../localstack/traffic/generate';
import { deadLetterAttributes } from '../../src/core/rejection';
import { writeHistory, redriveAttribute } from '../../src/core/on-call/redrive-history';
import { judgeLetters } from '../../src/on-call/judge';
import { anEvent, detailEnvelope, feedMessage, minute, noon, topicMessage } from '../factories';
import { grownBy } from './grown';
import { admitAndClose, memoryOutside } from '../outside';
import { heldLetter, judging, workerQueue } from './judging';

const text = (body: unknown): string => JSON.stringify(body);
const sha256 = (body: string): string => createHash('sha256').update(body).digest('hex');

const unknownType = text(topicMessage('v2.brand.new.{id}.topic', { conversationId: 'c-1', n: 1 }));
const withoutTime = text(feedMessage({ body: { eventTime: 'soon' } }));

/** The letter that the worker makes of a body. */
const setAside = async (body: string) => {
  const outside = memoryOutside();
  await admitAndClose(outside, [body]);
  const [letter] = outside.deadLetters.letters();
  return heldLetter(body, { attributes: letter?.attributes ?? {} });
};

const judgeOne = async (letter: ReturnType<typeof heldLetter>, given: Parameters<typeof judging>[0] = {}) =>
  (await judgeLetters(judging(given), workerQueue, [letter]))[0]!;

describe('a dead letter of the worker', () => {
  test('has the reason, the rule and the type that the worker gave it', async () => {
    const judged = await judgeOne(await setAside(withoutTime));
    expect(judged).toMatchObject({
      place: 'worker',
      reason: 'invalid',
      rule: '$.eventTime must be integer',
      subject: 'v2.detail.events.conversation.customer.start',
      type: 'v2.detail.events.conversation.{id}.customer.start',
      conversationIds: ['conversation-1'],
      stoppedAtMs: noon,
      beganAtMs: noon,
      outlook: 'would-fail',
      outlookDetail: 'invalid: $.eventTime must be integer.',
    });
  });

  test('passes when the registry knows its type by now', async () => {
    const letter = await setAside(unknownType);
    expect(await judgeOne(letter)).toMatchObject({ reason: 'unknown-type', subject: null, outlook: 'would-fail' });
    const grown = await judgeOne(letter, { registry: grownBy('v2.brand.new.{id}.topic') });
    expect(grown).toMatchObject({ reason: 'unknown-type', outlook: 'would-pass', conversationIds: ['c-1'] });
  });

  test('is already done when the table has all of its events, and only then', async () => {
    const body = text(detailEnvelope([{ sequence: 1 }, { sequence: 2, at: minute(1) }]));
    const outside = memoryOutside();
    await admitAndClose(outside, [body]);
    const head = outside.table.heads()[0]!;
    const pages = [];
    for await (const page of outside.table.readWindow(head.conversationId, head.life, head.finished)) pages.push(page);
    const events = pages.flatMap((page) => page.events.map(({ event }) => event));
    expect(await judgeOne(heldLetter(body), { there: events })).toMatchObject({
      outlook: 'would-duplicate',
      outlookDetail: 'Already done: the table has its 2 events.',
    });
    expect(await judgeOne(heldLetter(body), { there: events.slice(1) })).toMatchObject({
      outlook: 'would-pass',
      outlookDetail: 'The table has 1 of its 2 events.',
    });
  });

  test('has the story that the table keeps where the body left no room for it', async () => {
    const { attributes } = await setAside(withoutTime);
    const note = { bodySha256: sha256(withoutTime), atMs: noon, attributes };
    const judged = await judgeOne(heldLetter(withoutTime), { notes: [note] });
    expect(judged).toEqual(await judgeOne(heldLetter(withoutTime, { attributes })));
  });

  test('that SQS moved says what a worker last failed with', async () => {
    const body = text(feedMessage());
    const names = deadLetterAttributes;
    const attributes = {
      [names.detail]: 'TypeError at reads (src/a.ts:1:2)',
      [names.step]: 'buffer',
      [names.receiveCount]: '999',
    };
    const notes = [{ bodySha256: sha256(body), atMs: noon, attributes }];
    const letter = heldLetter(body, { movedFromArn: 'arn:aws:sqs:eu-west-1:000000000000:intake', sentAtMs: noon - 5 });
    expect(await judgeOne(letter, { notes })).toMatchObject({
      reason: 'gave-up',
      detail: 'TypeError at reads (src/a.ts:1:2)',
      receiveCount: 999,
      beganAtMs: noon - 5,
      outlook: 'would-pass',
    });
    expect(await judgeOne(letter)).toMatchObject({
      reason: 'gave-up',
      detail: 'SQS moved it after its last receive; no worker has said why.',
    });
  });

  test('without any story was put there by somebody', async () => {
    expect(await judgeOne(heldLetter('hello'))).toMatchObject({ reason: 'unknown', outlook: 'would-fail' });
    const forged = heldLetter('hello', { attributes: { [deadLetterAttributes.reason]: '<script>' } });
    expect(await judgeOne(forged)).toMatchObject({ reason: 'unknown' });
  });

  test('that fails again after it was moved back says so', async () => {
    const { attributes } = await setAside(withoutTime);
    const history = { first: 'm-1', times: 2, job: 'job-1', letter: 'l-1' };
    const judged = await judgeOne(
      heldLetter(withoutTime, { attributes: { ...attributes, [redriveAttribute]: writeHistory(history) } }),
    );
    expect(judged.history).toEqual(history);
    expect(judged.outlookDetail).toContain('It failed again after it was moved back.');
  });

  test('of a foreign source is judged only where the sources of the workers are known', async () => {
    const body = text(feedMessage());
    const attributes = { [deadLetterAttributes.reason]: 'foreign-source' };
    const letter = heldLetter(body, { attributes });
    expect(await judgeOne(letter, { allowedSources: null })).toMatchObject({ outlook: 'unknown' });
    expect(await judgeOne(letter, { allowedSources: ['aws.partner/'] })).toMatchObject({ outlook: 'would-pass' });
    expect(await judgeOne(letter, { allowedSources: ['other'] })).toMatchObject({ outlook: 'would-fail' });
  });

  test('that our own code fails on is a bug, and named', async () => {
    const broken = { ...judging().registry, validate: () => { throw new TypeError('a value'); } }; // prettier-ignore
    const judged = await judgeOne(heldLetter(text(feedMessage())), { registry: broken });
    expect(judged).toMatchObject({ outlook: 'unknown', outlookDetail: "Today's code fails on it, a bug: TypeError." });
    expect(judged.conversationIds).toEqual(['conversation-1']);
  });

  test('an event over the limits of the table would fail', async () => {
    const body = text(feedMessage({ conversation: 'x'.repeat(3_000) }));
    expect(await judgeOne(heldLetter(body))).toMatchObject({ outlook: 'would-fail', conversationIds: [] });
  });
});

describe('the letters of other places', () => {
  const event = text(feedMessage());

  test('EventBridge says why it could not deliver, without what it could not deliver', async () => {
    const attributes = {
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'Access to the resource is denied',
      RULE_ARN: 'arn:aws:events:eu-west-1:000000000000:rule/partner/genesys',
      RETRY_ATTEMPTS: '185',
    };
    const queue = { place: 'eventbridge', url: 'q' } as const;
    const [judged] = await judgeLetters(judging(), queue, [heldLetter(event, { attributes })]);
    expect(judged).toMatchObject({
      reason: 'NO_PERMISSIONS',
      detail: 'Access to the resource is denied; 185 retries; rule arn:aws:events:eu-west-1:000000000000:rule/partner/genesys',
      type: 'v2.detail.events.conversation.{id}.customer.start',
      conversationIds: ['conversation-1'],
      outlook: 'would-pass',
    });
    const quoting = { ERROR_CODE: 'INVALID_PARAMETER', ERROR_MESSAGE: 'got +15550123' };
    const [other] = await judgeLetters(judging(), queue, [heldLetter(event, { attributes: quoting })]);
    expect(other).toMatchObject({ reason: 'INVALID_PARAMETER', detail: '' });
  });

  test.each([
    ['raw', text({ conversationId: 'c-9' }), { kind: 'record' }],
    [
      "in SNS's envelope",
      text({
        Type: 'Notification',
        Message: text({ conversationId: 'c-9' }),
        MessageAttributes: { kind: { Type: 'String', Value: 'record' } },
      }),
      {},
    ],
  ])('a notification that came %s names what it is about', async (_, body, attributes) => {
    const queue = { place: 'subscription', url: 'q' } as const;
    const [judged] = await judgeLetters(judging(), queue, [heldLetter(body, { attributes: { ...attributes } })]);
    expect(judged).toMatchObject({
      reason: 'undelivered',
      type: 'tidemark.record',
      conversationIds: ['c-9'],
      outlook: 'would-pass',
    });
  });
});

test('what the worker sets aside would fail, what it takes would not: over all that generated traffic holds', async () => {
  const { messages } = generateTraffic({ seed: 'judge', conversations: 30 });
  const bodies = [...new Set(messages.map(({ body }) => body))];
  const outside = memoryOutside();
  await admitAndClose(outside, bodies);
  const refused = new Set(outside.deadLetters.letters().map(({ body }) => body));
  expect(refused.size).toBeGreaterThan(5);
  const judged = await judgeLetters(
    judging(),
    workerQueue,
    bodies.map((body) => heldLetter(body)),
  );
  judged.forEach(({ outlook }, at) =>
    expect([outlook === 'would-fail', bodies[at]]).toEqual([refused.has(bodies[at]!), bodies[at]]),
  );
});

test('the same event is the same fact, whatever its letter', async () => {
  const event = anEvent();
  expect((await judgeOne(heldLetter(text(feedMessage())), { there: [event] })).outlook).toBe('would-duplicate');
});
