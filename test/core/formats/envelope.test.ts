import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import type { JsonObject } from '../../../src/core/json';
import { detailEnvelope, endMarkMessage, feedMessage } from '../../factories';
import { registry } from '../../outside';

const source = 'aws.partner/genesys.com/cloud/32aa07aa-db1b-4987-abd0-9483601ec29d/test';
const onEventBridge = (detail: JsonObject): JsonObject => ({ 'detail-type': 'any', source, detail });

const carried: readonly (readonly [name: string, message: JsonObject, expected: JsonObject])[] = [
  ['an event of the real feed', feedMessage(), { format: 'genesys', source, bare: false, shape: 'envelope.eventbridge' }],
  [
    'the detail of one, alone',
    feedMessage()['detail'] as JsonObject,
    { format: 'genesys', source: null, bare: true, shape: 'envelope.bare-detail' },
  ],
  [
    'a detail envelope',
    detailEnvelope([{}]),
    { format: 'detail-envelope', source: 'genesyscloud', bare: false, shape: 'envelope.detail' },
  ],
  [
    'a detail envelope on EventBridge',
    onEventBridge(detailEnvelope([{}])),
    { format: 'detail-envelope', source, bare: false, shape: 'envelope.detail' },
  ],
  [
    'a conversation.end',
    endMarkMessage(),
    { format: 'conversation-end', source: 'genesys.cloud', bare: false, shape: 'envelope.conversation-end' },
  ],
];

const sns = (inside: JsonObject): JsonObject => ({ Type: 'Notification', Message: JSON.stringify(inside) });
const lambda = (inside: JsonObject): JsonObject => ({ version: '1.0', requestPayload: inside });
const wrappers: readonly (readonly [name: string, wrap: (inside: JsonObject) => JsonObject, shapes: readonly string[]])[] = [
  ['as it is', (inside) => inside, []],
  ['within an SNS notification', sns, ['envelope.sns']],
  ['within a Lambda failure', lambda, ['envelope.lambda-failure']],
  ['within a notification within a failure', (inside) => lambda(sns(inside)), ['envelope.lambda-failure', 'envelope.sns']],
  ['within a failure within a notification', (inside) => sns(lambda(inside)), ['envelope.sns', 'envelope.lambda-failure']],
  ['replayed from an archive', (inside) => ({ ...inside, 'replay-name': 'again' }), []],
];

describe.each(carried)('%s', (_, message, { shape, ...expected }) => {
  test.each(wrappers)('is recognised %s', (__, wrap, peeled) => {
    const envelope = readEnvelope(JSON.stringify(wrap(message)));
    expect(envelope).toMatchObject(expected);
    expect('shapes' in envelope && envelope.shapes.map(({ subject }) => subject)).toEqual([...peeled, shape]);
  });

  test('gives the same events in every wrapper', () => {
    const eventsIn = (wrap: (inside: JsonObject) => JsonObject) => {
      const envelope = readEnvelope(JSON.stringify(wrap(message)));
      return 'reason' in envelope ? envelope : readEvents(envelope, registry, []).events;
    };
    const plain = eventsIn((inside) => inside);
    expect(plain).toHaveLength(1);
    for (const [, wrap] of wrappers) expect(eventsIn(wrap)).toEqual(plain);
  });
});

describe('the real feed wins where shapes overlap', () => {
  test('an event whose detail-type is conversation.end but which has an eventBody is one of the feed', () => {
    expect(readEnvelope(JSON.stringify({ ...feedMessage(), 'detail-type': 'conversation.end' }))).toMatchObject({
      format: 'genesys',
    });
  });

  test('a wrapper is taken off even where it looks like an event besides', () => {
    const both = { ...feedMessage(), ...lambda(endMarkMessage()) };
    expect(readEnvelope(JSON.stringify(both))).toMatchObject({ format: 'conversation-end' });
  });
});

describe('a rejection', () => {
  test('of an unknown shape names the detail-type', () => {
    expect(readEnvelope('{"detail-type":"EC2 Instance State-change","detail":{}}')).toMatchObject({
      reason: 'unknown-envelope',
      step: 'receive',
      type: 'EC2 Instance State-change',
    });
  });

  test('within a wrapper says which', () => {
    expect(readEnvelope('{"Type":"Notification","Message":"{"}')).toMatchObject({
      reason: 'not-json',
      detail: 'Expected Message of envelope.sns to be JSON, got 1 bytes that are not.',
    });
  });
});
