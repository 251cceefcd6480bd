import type { JsonObject } from '../../../src/core/json';
import { conversationEndMs, readFacts } from '../../../src/core/reconciliation/facts';

/** A call as the API answers it, cut down to what is read and something beside it. */
const call: JsonObject = {
  conversationId: 'c-1',
  conversationStart: '2024-04-29T17:30:43.090Z',
  conversationEnd: '2024-04-29T17:38:17.974Z',
  originatingDirection: 'inbound',
  participants: [
    {
      participantId: 'p-1',
      participantName: 'canary-name',
      purpose: 'customer',
      sessions: [
        {
          mediaType: 'voice',
          ani: 'tel:+15550100',
          metrics: [{ name: 'tConnected', value: 451651, emitDate: '2024-04-29T17:38:14.971Z' }],
          segments: [
            {
              segmentStart: '2024-04-29T17:30:43.320Z',
              segmentEnd: '2024-04-29T17:38:14.971Z',
              segmentType: 'interact',
              queueId: 'q-1',
            },
          ],
        },
      ],
    },
    {
      participantId: 'p-2',
      purpose: 'acd',
      sessions: [
        {
          mediaType: 'voice',
          metrics: [{ name: 'tAcd', value: 12411 }],
          segments: [{ segmentType: 'interact', queueId: 'q-1' }],
        },
      ],
    },
    {
      participantId: 'p-3',
      purpose: 'agent',
      userId: 'u-2',
      sessions: [
        {
          mediaType: 'voice',
          metrics: [{ name: 'tAlert', value: 7421 }],
          segments: [{ segmentType: 'wrapup', wrapUpCode: 'ININ-WRAP-UP-TIMEOUT' }],
        },
      ],
    },
    {
      participantId: 'p-4',
      purpose: 'agent',
      userId: 'u-1',
      sessions: [
        {
          mediaType: 'voice',
          metrics: [
            { name: 'tAlert', value: 2364 },
            { name: 'tTalk', value: 300000.4 },
            { name: 'tTalk', value: 74894 },
            { name: 'tTalkComplete', value: 374894 },
            { name: 'tAcw', value: 3000 },
            { name: 'nTransferred', value: 1 },
            { name: 'nConsultTransferred', value: 1 },
          ],
          segments: [
            {
              segmentStart: '2024-04-29T17:32:00.080Z',
              segmentEnd: '2024-04-29T17:38:14.974Z',
              segmentType: 'interact',
              queueId: 'q-2',
            },
            {
              segmentStart: '2024-04-29T17:38:14.974Z',
              segmentEnd: '2024-04-29T17:38:17.974Z',
              segmentType: 'wrapup',
              wrapUpCode: 'w-1',
            },
          ],
        },
      ],
    },
  ],
};

test('the facts of a call are its ids, times and sums, and its end is that of the talk, not of the work after it', () => {
  expect(readFacts(call)).toEqual({
    startedAt: '2024-04-29T17:30:43.090Z',
    endedAt: '2024-04-29T17:38:14.974Z',
    mediaType: 'voice',
    direction: 'inbound',
    agentIds: ['u-1', 'u-2'],
    queueIds: ['q-1', 'q-2'],
    wrapUpCodes: ['w-1'],
    metrics: {
      talkMs: 374894,
      alertMs: 9785,
      queueWaitMs: 12411,
      afterCallWorkMs: 3000,
      transfersByKind: { blind: 0, consult: 1 },
    },
  });
  expect(conversationEndMs(call)).toBe(Date.parse('2024-04-29T17:38:17.974Z'));
});

test('what the analytics leave out is left out: it is unknown, not nothing', () => {
  expect(readFacts({ conversationId: 'c-1' })).toEqual({ metrics: {} });
  expect(conversationEndMs({ conversationId: 'c-1' })).toBeNull();
  expect(readFacts({ conversationEnd: '2024-04-29T17:38:17Z' })).toEqual({ endedAt: '2024-04-29T17:38:17.000Z', metrics: {} });
});

test.each<[string, JsonObject]>([
  ['lists that are none', { participants: 'many', conversationStart: 12, originatingDirection: {} }],
  [
    'sessions that are none',
    { participants: [null, 7, { sessions: { a: 1 } }, { sessions: [null, { metrics: 3, segments: [[]] }] }] },
  ],
  [
    'impossible measures',
    {
      participants: [
        {
          sessions: [
            {
              metrics: [
                { name: 'tTalk', value: -1 },
                { name: 'tHeld', value: '7' },
                { name: 'tAcw', value: 1e300 },
              ],
            },
          ],
        },
      ],
    },
  ],
  ['times that are none', { conversationStart: 'soon', conversationEnd: '+275760-09-13T00:00:00.000Z' }],
])('%s are unknown and break nothing', (_what, conversation) => {
  const { metrics, ...facts } = readFacts(conversation);
  expect(facts).toEqual({});
  expect(Object.values({ ...metrics, transfersByKind: undefined }).filter((value) => value !== undefined)).toEqual([]);
});

test('a customer with sessions in several media has none that both would agree on', () => {
  const customer = { purpose: 'customer', sessions: [{ mediaType: 'callback' }, { mediaType: 'voice' }] };
  expect(readFacts({ participants: [customer] }).mediaType).toBeUndefined();
});
