import { minute, noon } from '../factories';
import { feed, feedAt, feedEvent, feedWith, final, iso, partial, type WrongInputGroup } from './case';

const topic = (type: string): string => `v2.detail.events.conversation.{id}.${type}`;

const types: WrongInputGroup = {
  title: 'The type',
  cases: [
    {
      input: 'An unknown `detail-type`',
      bodies: [feedEvent({ 'detail-type': topic('brand.new') }), feedEvent({ 'detail-type': '__proto__' })],
      rejected: 'unknown-type',
      why: 'A new topic of Genesys. Add its subject to the registry, then redrive: the message is in the dead-letter queue as it came.',
    },
    {
      input: 'No `detail-type`, an empty one, one that is no text',
      bodies: [feedEvent({ 'detail-type': undefined }), feedEvent({ 'detail-type': '' }), feedEvent({ 'detail-type': 7 })],
      rejected: 'invalid',
      why: 'It names the type; `topicName` does so only where the detail arrives alone.',
    },
    {
      input: '`topicName` and `detail-type` disagree',
      bodies: [feedEvent({ 'detail-type': topic('customer.end') })],
      records: [{ ...final, missing: ['start'] }],
      drift: 1,
      why: 'The `detail-type` counts; the disagreement is counted as drift.',
    },
  ],
};

const times: WrongInputGroup = {
  title: 'Times',
  cases: [
    {
      input: '`eventTime` is a text, negative, fractional, 2^53 or more, infinite, `true`, `null`, absent',
      bodies: ['"1767614400000"', '-1', '1.5', '9007199254740992', '9007199254740993', '1e400', 'true', 'null'].map(feedAt),
      rejected: 'invalid',
      why: 'It orders the events: a whole number of milliseconds from 0 up to 2^53 - 1.',
    },
    {
      input: '`eventTime` in 1970: 0, and -0',
      bodies: [feedAt('0'), feedAt('-0')],
      records: [{ ...partial, startedAt: iso(0) }],
      why: 'Strange, but it orders; both are the same number and so the same event. Windows close by queue time, never by event time.',
    },
    {
      input: '`eventTime` as `1.7676144e12`',
      bodies: [feedAt('1.7676144e12'), feed()],
      records: [{ ...partial, startedAt: iso(noon) }],
      why: 'JSON does not tell whole numbers from others by their writing.',
    },
    {
      input: '`eventTime` 60 s in the future',
      bodies: [feed({ eventTime: minute(1) })],
      records: [{ ...partial, startedAt: iso(minute(1)) }],
      why: 'One official sample is so. Event time orders; it moves no watermark.',
    },
    {
      input: '`eventTime` 2^53 - 1; beyond the dates of JavaScript (8.64e15); in the year 10000',
      bodies: [feedAt('9007199254740991'), feedAt('8640000000000001'), feedAt('253402300800000')],
      records: [{ ...partial, eventCount: 3, startedAt: null, durationMs: null }],
      why: 'It orders, but no date can say it: times and durations made of it are null, and an anomaly (`impossible-time`) names it.',
    },
    {
      input: 'A session whose only start lies after its end',
      bodies: [feedAt(String(noon + 3)), feed({}, 'customer.end')],
      records: [{ ...final, eventCount: 2, missing: [] }],
      why: 'Two clocks that differ: it is over, since nobody opens again what was never opened. A second start would open it again.',
    },
    {
      input: '`time`, or the `timestamp` of the detail, is no date',
      bodies: [feedEvent({ time: 'yesterday' })],
      records: [partial],
      drift: 1,
      why: 'Nothing depends on them.',
    },
  ],
};

const ids: WrongInputGroup = {
  title: 'Ids',
  cases: [
    {
      input: 'Ids that are no UUIDs: `uwu`, a blank, NUL',
      bodies: [feed({ conversationId: 'uwu', participantId: ' ', sessionId: '\u0000' })],
      records: [{ ...partial, conversationId: 'uwu' }],
      why: 'Genesys’s own samples have such ids: any non-empty text is one.',
    },
    {
      input: '`conversationId` empty, `null`, absent, a number',
      bodies: [feed({ conversationId: '' }), feed({ conversationId: null }), feed({ conversationId: 7 })],
      rejected: 'invalid',
      why: 'No event without its conversation.',
    },
    {
      input: '`participantId` and `sessionId` empty or `null`',
      bodies: [feed({ participantId: '', sessionId: '' })],
      records: [{ ...partial, sessions: [] }],
      why: 'The same as absent: the event is in the lifecycle, but in no session.',
    },
    {
      input: '`conversationId` of 3,000 characters',
      bodies: [feed({ conversationId: 'c'.repeat(3_000) })],
      rejected: 'too-large',
      why: 'A partition key holds 2,048 bytes. What cannot be stored under its own id is not stored under another.',
    },
    {
      input: '`conversationId` of 2,000 characters; `participantId` and `sessionId` of 3,000',
      bodies: [feed({ conversationId: 'c'.repeat(2_000), participantId: 'p'.repeat(3_000), sessionId: 's'.repeat(3_000) })],
      records: [partial],
      why: 'In sort keys and execution names long ids are hashes; in the record they are as they came.',
    },
    {
      input: '`conversationId` with a lone surrogate',
      bodies: [feedWith('"x":1').replaceAll('conversation-1', String.raw`conversation-\ud800`)],
      rejected: 'invalid',
      why: 'It has no UTF-8, so no key can hold it.',
    },
    {
      input: '`conversationId` is `__proto__`, `constructor`, `#`, `/`',
      bodies: ['__proto__', 'constructor', '#', '/'].map((conversationId) => feed({ conversationId })),
      records: ['#', '/', '__proto__', 'constructor'].map((conversationId) => ({ ...partial, conversationId })),
      why: 'Names like any other.',
    },
  ],
};

const contents: WrongInputGroup = {
  title: 'Fields',
  cases: [
    {
      input: 'Every optional field `null`',
      bodies: [feed({ mediaType: null, direction: null, provider: null, callbackNumbers: null, divisionId: null })],
      records: [{ ...partial, mediaType: null, direction: null }],
      why: '`null` is the same as absent, in schemas and in fingerprints.',
    },
    {
      input: 'An unknown enum value: `mediaType: "HOLOGRAM"`',
      bodies: [feed({ mediaType: 'HOLOGRAM' })],
      records: [{ ...partial, mediaType: 'hologram' }],
      drift: 1,
      why: 'Genesys adds values several times a year; counted as drift, kept.',
    },
    {
      input: 'Unknown fields, plain and nested',
      bodies: [feed({ brandNew: 1, alsoNew: { deep: [1] } })],
      records: [partial],
      drift: 2,
      why: 'Kept in the stored event, counted as drift.',
    },
    {
      input: 'An optional field of another type: `provider: 7`, `callbackNumbers: "text"`',
      bodies: [feed({ provider: 7, callbackNumbers: 'text' })],
      records: [partial],
      drift: 2,
      why: 'Nothing depends on them; the fold leaves out what it cannot read.',
    },
    {
      input: 'A duration that is negative or a text',
      bodies: [feed({ interactingDurationMs: -5, heldDurationMs: '7' }, 'user.end')],
      records: [{ ...partial, missing: ['customer-end', 'start'] }],
      drift: 1,
      why: 'Impossible durations become null and are named in `anomalies`; none is ever negative.',
    },
    {
      input: 'Attributes with the keys `__proto__`, `constructor` and an empty one',
      bodies: [
        feedWith('"attributes":{"":"empty","__proto__":"p","constructor":"c"}', 'attributes').replace(
          ',"sessionId":"session-1","mediaType":"VOICE"',
          '',
        ),
      ],
      records: [partial],
      why: 'Names like any other; nothing is polluted.',
    },
    {
      input: 'An unknown field `__proto__` in the event',
      bodies: [feedWith('"__proto__":{"conversationId":"other"}')],
      records: [{ ...partial, conversationId: 'conversation-1' }],
      drift: 1,
      why: 'An own member of that name, never a prototype.',
    },
  ],
};

const repeats: WrongInputGroup = {
  title: 'Repeats',
  cases: [
    {
      input: 'The same message twice in one batch',
      bodies: [feed(), feed()],
      records: [partial],
      why: 'Same fact, same fingerprint, same item.',
    },
    {
      input: 'The same event under a new EventBridge id, its keys in another order, with nulls',
      bodies: [feed(), feedEvent({ id: 'another' }), feedWith('"provider":null')],
      records: [partial],
      why: 'Ids of carriers, order of keys and nulls are in no fingerprint.',
    },
    {
      input: 'A known session and time with other content',
      bodies: [feed({ talkMs: 1 }, 'user.end'), feed({ talkMs: 2 }, 'user.end')],
      records: [{ ...partial, eventCount: 2 }],
      drift: 2,
      why: 'Two facts: both are kept and counted, for sums the last in order counts, and an anomaly (`conflict`) names it.',
    },
  ],
};

export const feedGroups: readonly WrongInputGroup[] = [types, times, ids, contents, repeats];
