import { readEnvelope } from '../../../src/core/formats/envelope';
import { organisationOf, readInstant } from '../../../src/core/formats/entry';
import { type EventsRead, readEvents } from '../../../src/core/formats/read-events';
import type { JsonObject } from '../../../src/core/json';
import { detailEnvelope, endMarkMessage, feedMessage } from '../../factories';
import { registry } from '../../outside';

const read = (message: JsonObject, allowedSources: readonly string[] = []): EventsRead => {
  const envelope = readEnvelope(JSON.stringify(message));
  if ('reason' in envelope) throw new Error(envelope.detail);
  return readEvents(envelope, registry, allowedSources);
};

describe('several entries', () => {
  const bad = { name: 'brand:new' };
  const entries = (count: number) => Array.from({ length: count }, (_, n) => (n % 2 === 0 ? bad : { sequence: n }));

  test('are each judged by themselves, and the rejection says which were bad, and why the first was', () => {
    const { events, rejection } = read(detailEnvelope(entries(5)));
    expect(events.map(({ event }) => event.sequence)).toEqual([1, 3]);
    expect(rejection).toEqual({
      reason: 'unknown-type',
      step: 'validate',
      type: 'brand:new',
      detail:
        '3 of 5 entries refused (details[0, 2, 4]), the others admitted. ' +
        'First: Expected a type that has a subject in the schema registry, got one that has none.',
    });
  });

  test('however many are bad, the rejection stays short', () => {
    const { rejection } = read(detailEnvelope(entries(3_000)));
    expect(rejection?.detail).toContain('1500 of 3000 entries refused');
    expect(rejection?.detail.length).toBeLessThanOrEqual(500);
  });

  test('where all are bad, none is said to be admitted', () => {
    expect(read(detailEnvelope([bad, bad])).rejection?.detail).toContain(
      '2 of 2 entries refused (details[0, 1]), none admitted.',
    );
  });

  test('a lone bad one is not counted among others', () => {
    expect(read(detailEnvelope([bad])).rejection?.detail).not.toContain('entries');
  });
});

describe('drift', () => {
  const pathsOf = ({ drift }: EventsRead) => drift.map(({ subject, drift: { path, kind } }) => `${subject} ${kind} ${path}`);

  test('is named by subject and path, of wrapper, envelope and event', () => {
    const event = { ...feedMessage({ body: { brandNew: 1 } }), odd: 1 };
    expect(pathsOf(read({ Type: 'Notification', Message: JSON.stringify(event), novel: 1 }))).toEqual([
      'envelope.sns unknown-field $.novel',
      'envelope.eventbridge unknown-field $.odd',
      'v2.detail.events.conversation.customer.start unknown-field $.brandNew',
    ]);
  });

  test('the two names of an event disagreeing is drift of the event', () => {
    const renamed = { ...feedMessage(), 'detail-type': 'v2.detail.events.conversation.{id}.acw' };
    expect(pathsOf(read(renamed))).toContain('v2.detail.events.conversation.acw unknown-value $.detail.topicName');
  });

  test('of a refused event there is none, only of what carried it', () => {
    const refused = { ...feedMessage({ body: { eventTime: 'x', brandNew: 1 } }), odd: 1 };
    expect(pathsOf(read(refused))).toEqual(['envelope.eventbridge unknown-field $.odd']);
  });
});

test('a refused type of a lone detail holds no id of its conversation', () => {
  const detail = { topicName: 'v2.brand.secret-id.new', eventBody: { conversationId: 'secret-id' } };
  expect(read(detail).rejection).toMatchObject({ reason: 'unknown-type', type: 'v2.brand.{id}.new' });
});

test('an allowed source is a prefix, and without a list every source is', () => {
  const sourceOf = (allowed: readonly string[]) => read(feedMessage(), allowed).rejection?.reason ?? 'taken';
  expect(sourceOf([])).toBe('taken');
  expect(sourceOf(['aws.partner/other/', 'aws.partner/genesys.com/'])).toBe('taken');
  expect(sourceOf(['genesys.com/'])).toBe('foreign-source');
});

test('a stated end time is the event’s, and without one the carrier’s is', () => {
  const timeOf = (detail: JsonObject) =>
    read({ ...endMarkMessage(), detail, time: '2026-01-05T13:00:00Z' }).events[0]?.event.eventTimeMs;
  expect(timeOf({ conversationId: 'c', timestamp: '2026-01-05T12:30:00+01:00' })).toBe(Date.UTC(2026, 0, 5, 11, 30));
  expect(timeOf({ conversationId: 'c' })).toBe(Date.UTC(2026, 0, 5, 13));
});

test('an organisation is read from a partner source of Genesys, and from no other', () => {
  expect(organisationOf('aws.partner/genesys.com/cloud/o-1/suffix')).toBe('o-1');
  expect(organisationOf('aws.partner/genesys.com.test/cloud/o-1')).toBe('o-1');
  for (const other of [
    null,
    '',
    'genesys.cloud',
    'aws.partner/somebody.com/cloud/o-1/x',
    'x/aws.partner/genesys.com/cloud/o-1/x',
  ])
    expect(organisationOf(other)).toBeNull();
});

test('an instant is a text from 1970 on', () => {
  expect(readInstant('1970-01-01T00:00:00.000Z')).toBe(0);
  expect(readInstant('2026-01-05T12:00:00.001+00:00')).toBe(Date.UTC(2026, 0, 5, 12, 0, 0, 1));
  for (const other of ['1969-12-31T23:59:59.999Z', 'yesterday', '', 0, null, undefined, {}])
    expect(readInstant(other)).toBeNull();
});
