import { judgeBeside, judgeNamesLearnt, type Names } from '../../localstack/demo/judge/beside';
import { expectedIdentities } from '../../localstack/demo/judge/identities';
import { analyticsOf } from '../../localstack/traffic/analytics';
import { besideOf, type Beside, type Known } from '../../localstack/traffic/beside';
import { findCanaries } from '../../localstack/traffic/canary';
import { generateTraffic } from '../../localstack/traffic/generate';
import { aRevision } from './evidence';

const { truths, canaries } = generateTraffic({ seed: 'beside', conversations: 120 });
const beside = besideOf(truths);

const stored = aRevision({ agentIds: ['user-1', 'user-2'], queueIds: ['queue-1'] });

const known: Known = {
  conversationId: stored.record.conversationId,
  participantId: 'p-1',
  communicationId: 's-1',
  attributes: { tier: 'gold' },
  talk: {
    language: 'en-us',
    lines: [
      { mine: false, text: 'Hello?' },
      { mine: true, text: 'It is  broken.' },
      { mine: true, text: 'Thank you.' },
    ],
  },
  mood: { score: 0.5, trend: null, trendClass: null, participantMetrics: {} },
  comesLate: null,
};
const world: Beside = {
  known: [known],
  names: { users: new Map([['user-1', 'Ann']]), queues: new Map([['queue-1', 'Sales']]), wrapUpCodes: new Map() },
  canaries: [],
};
const transcript = { status: 'complete', language: 'en-us', texts: ['It is broken. Thank you.'], truncated: false, phrases: 2 };
const names: Names = { users: { 'user-1': 'Ann' }, queues: {}, wrapUpCodes: {} };
const participants = [{ participantId: 'p-1', purpose: 'customer', attributes: { tier: 'gold' } }];
const input = {
  participantAttributes: { status: 'complete', participants, truncated: false },
  transcript,
  sentiment: { status: 'complete', ...known.mood },
  names,
};

const saidOf = (change: object, about: Beside = world, isAskable = true): string =>
  judgeBeside({ ...input, ...change }, stored, { beside: about, isAskable }).join('\n');

const absent = { status: 'absent' };
const failed = { status: 'failed' };
const knowing = (change: Partial<Known>): Beside => ({ ...world, known: [{ ...known, ...change }] });

test('what Genesys knows, and a name that was not known yet, is as it must be', () => {
  expect(saidOf({})).toBe('');
});

test.each([
  ['a transcript that Genesys has is missing', { transcript: absent }, 'transcript: expected what Genesys knows'],
  ['a word of the customer is missing', { transcript: { ...transcript, texts: ['It is broken.'] } }, 'transcript: expected'],
  [
    'somebody else than the customer is quoted',
    { transcript: { ...transcript, texts: ['Hello? It is broken. Thank you.'] } },
    'transcript',
  ],
  ['a text is too long for Comprehend', { transcript: { ...transcript, texts: ['x'.repeat(5_001)] } }, 'transcript: expected'],
  ['a field is not there', { transcript: undefined, names: undefined }, 'transcript: expected what Genesys knows'],
  ['a sentiment is another one', { sentiment: { ...input.sentiment, score: 0.4 } }, 'sentiment: expected'],
  ['attributes are given up', { participantAttributes: failed }, 'participantAttributes: expected what Genesys knows'],
  ['a name is another’s', { names: { ...names, users: { 'user-1': 'Bob' } } }, 'those of the users of the record'],
  [
    'a name is of nobody in the record',
    { names: { ...names, queues: { 'queue-2': 'Sales' } } },
    'those of the queues of the record',
  ],
])('it is missed when %s', (_, change, complaint) => {
  expect(saidOf(change)).toContain(complaint);
});

test('what Genesys does not have must be absent, and failed where it cannot be asked', () => {
  const nothing = knowing({ attributes: null, talk: 'unrecorded', mood: null });
  expect(saidOf({ participantAttributes: absent, transcript: absent, sentiment: absent }, nothing)).toBe('');
  expect(saidOf({}, nothing).split('\n')).toHaveLength(3);
  expect(saidOf({ participantAttributes: failed, transcript: failed, sentiment: failed }, world, false)).toBe('');
  expect(saidOf({}, world, false).split('\n')).toHaveLength(3);
});

test('names that are never learnt are missed', () => {
  const nameless = { names: { users: {}, queues: {}, wrapUpCodes: {} }, record: stored.record };
  expect(judgeNamesLearnt([nameless, nameless], world)).toEqual([expect.stringContaining('none in 2 of 2 handoffs')]);
  expect(judgeNamesLearnt([nameless, { names, record: stored.record }], world)).toEqual([]);
});

test('a user whose name is known is expected with it', () => {
  expect(expectedIdentities(stored.record, names.users)).toEqual([
    { kind: 'user', id: 'user-1', participantIds: [], name: 'Ann' },
    { kind: 'user', id: 'user-2', participantIds: [] },
  ]);
});

describe('a generated day', () => {
  const count = (is: (one: Known) => boolean): number => beside.known.filter(is).length;

  test('has conversations with and without all of it, and some that come late', () => {
    expect(count(({ talk }) => typeof talk === 'object' && talk !== null)).toBeGreaterThan(60);
    for (const is of [
      ({ talk }: Known) => talk === null,
      ({ talk }: Known) => talk === 'unrecorded',
      ({ mood }: Known) => mood === null,
      ({ attributes }: Known) => attributes === null,
      ({ comesLate }: Known) => comesLate === 'talk',
      ({ comesLate }: Known) => comesLate === 'mood',
    ])
      expect(count(is)).toBeGreaterThan(3);
  });

  test('is the same each time', () => expect(besideOf(truths)).toEqual(beside));

  test('names and quotes canaries alone, none of which any event has', () => {
    const tokens = new Set(canaries.map(({ token }) => token));
    expect(beside.canaries.filter(({ token }) => tokens.has(token))).toEqual([]);
    for (const { attributes, talk, conversationId } of beside.known)
      for (const said of [attributes, typeof talk === 'string' ? null : talk])
        if (said)
          expect(findCanaries(JSON.stringify(said), beside.canaries).map((one) => one.conversationId)).toEqual([conversationId]);
    for (const name of beside.names.users.values()) expect(findCanaries(name, beside.canaries)).toHaveLength(1);
  });

  test('has transcripts of communications that analytics tell of', () => {
    for (const [index, truth] of truths.entries())
      expect(JSON.stringify(analyticsOf(truth))).toContain(`"sessionId":"${beside.known[index]!.communicationId}"`);
  });
});
