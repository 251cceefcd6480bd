import { detailEnvelope, noon } from '../factories';
import { details, endMark, final, iso, partial, state, type WrongInputGroup } from './case';

const sound = state(1, 'connected');
const end = state(3, 'disconnected');

const detailEnvelopes: WrongInputGroup = {
  title: 'Detail envelopes',
  cases: [
    {
      input: 'One entry of an unknown name among good ones',
      bodies: [details({ details: [sound, { ...sound, name: 'brand:new', sequence: 2 }, end] })],
      rejected: 'unknown-type',
      records: [{ ...final, eventCount: 2 }],
      why: 'The good ones are admitted, and the whole message is set aside as well, with the indexes of the bad ones. Redriving it later counts nothing twice.',
    },
    {
      input: 'One invalid entry among good ones: `timestamp` is no date, `sequence` is negative or a text, no `name`',
      bodies: [{ timestamp: 'yesterday' }, { sequence: -1 }, { sequence: 'two' }, { name: null }].map((wrong) =>
        details({ details: [sound, { ...sound, ...wrong }] }),
      ),
      rejected: 'invalid',
      records: [partial],
      why: 'As above.',
    },
    {
      input: 'An entry that is no object: `null`, a number, a text, an array',
      bodies: [details({ details: [null, 7, 'text', [], end] })],
      rejected: 'invalid',
      records: [final],
      why: 'As above.',
    },
    {
      input: 'All entries bad',
      bodies: [details({ details: [{ name: 'brand:new' }, { name: 'conversation:state' }] })],
      rejected: 'unknown-type',
      why: 'Nothing to admit. The reason is that of the first.',
    },
    {
      input: '`details` empty, absent, `null`, no array',
      bodies: [details({ details: [] }), details({ details: undefined }), details({ details: null }), details({ details: {} })],
      rejected: 'invalid',
      why: 'An envelope of nothing.',
    },
    {
      input: 'More than 10,000 entries',
      bodies: [details({ details: Array.from({ length: 10_001 }, () => 0) })],
      rejected: 'too-large',
      why: 'Real ones of that number would not fit 1 MiB; smaller ones would cost only time.',
    },
    {
      input: '`data` absent; `data.id` absent, empty, a number',
      bodies: [
        JSON.stringify({ ...detailEnvelope([{}]), data: null }),
        details({ id: undefined }),
        details({ id: '' }),
        details({ id: 7 }),
      ],
      rejected: 'invalid',
      why: 'It is the conversation’s id. The outer `id` is the subscription’s.',
    },
    {
      input: '`createdTimestamp` absent, no date, before 1970',
      bodies: [undefined, 'yesterday', '1969-12-31T23:59:59Z'].map((createdTimestamp) =>
        JSON.stringify({ ...detailEnvelope([{}]), createdTimestamp }),
      ),
      rejected: 'invalid',
      why: 'It is the first part of the order key.',
    },
    {
      input: 'An entry without `sequence` or `data`',
      bodies: [details({ details: [{ name: 'conversation:state', timestamp: iso(noon) }] })],
      records: [partial],
      why: 'It orders as 0. Gaps and repeats of sequences are anomalies.',
    },
    {
      input: 'The same envelope twice, once as the `detail` of an EventBridge event',
      bodies: [
        details({ details: [end] }),
        JSON.stringify({ 'detail-type': 'any', detail: JSON.parse(details({ details: [end] })) as unknown }),
      ],
      records: [final],
      why: 'How it came is in no fingerprint.',
    },
    {
      input: 'A known place (`createdTimestamp`, `sequence`, `timestamp`, name) with other content',
      bodies: [10, 20].map((holdDuration) =>
        details({ details: [{ ...state(1, ''), name: 'voice:call:transferred', data: { holdDuration } }] }),
      ),
      records: [{ ...partial, eventCount: 2 }],
      why: 'Two facts, as in the real feed: both are kept, one counts (`sequence-repeat`, `conflict`). Of a `conversation:state` each is taken.',
    },
    {
      input: 'An unknown `status`, unknown fields, `data.type: "hologram"`',
      bodies: [details({ type: 'hologram', details: [{ ...state(1, 'levitating'), brandNew: 1 }] })],
      records: [{ ...partial, mediaType: 'hologram' }],
      drift: 3,
      why: 'Kept and counted, the envelope’s as well as the entry’s.',
    },
  ],
};

const endMarks: WrongInputGroup = {
  title: '`conversation.end`',
  cases: [
    {
      input: 'A lone one; the same twice',
      bodies: [endMark(), endMark()],
      records: [{ ...final, startedAt: null, endedAt: null }],
      why: 'An explicit end is enough for a final record; it says when nothing began, and `missing` says `start`.',
    },
    {
      input: 'Without `detail.conversationId`; with an empty one, a number',
      bodies: [endMark({ detail: {} }), endMark({ detail: { conversationId: '' } }), endMark({ detail: { conversationId: 7 } })],
      rejected: 'invalid',
      why: 'The end of nothing.',
    },
    {
      input: 'With a `detail.timestamp` that is no date, a number, or before 1970',
      bodies: ['yesterday', noon, '1969-12-31T23:59:59Z', '2026-01-05T12:00:00'].map((timestamp) =>
        endMark({ detail: { conversationId: 'c', timestamp } }),
      ),
      rejected: 'invalid',
      why: 'A stated time must be right; `time` does not stand in for a wrong one. A date without an offset is none (RFC 3339).',
    },
    {
      input: 'Without `detail.timestamp`, or with `null`, but with `time`',
      bodies: [endMark({ detail: { conversationId: 'c', timestamp: null } }), endMark({ detail: { conversationId: 'c' } })],
      records: [{ ...final, conversationId: 'c' }],
      why: 'The carrier says when.',
    },
    {
      input: 'Without any time',
      bodies: [
        endMark({ time: undefined, detail: { conversationId: 'c' } }),
        endMark({ time: 'yesterday', detail: { conversationId: 'c' } }),
      ],
      rejected: 'invalid',
      why: 'Nothing says when.',
    },
    {
      input: 'With a `detail` that is no object',
      bodies: [endMark({ detail: 'conversation-1' }), endMark({ detail: undefined })],
      rejected: 'unknown-envelope',
      why: 'Without its detail it is no shape that we know.',
    },
  ],
};

export const envelopeGroups: readonly WrongInputGroup[] = [detailEnvelopes, endMarks];
