import { noise } from '../contract/samples';
import { feed, feedWith, ofBytes, partial, sns, type WrongInputGroup } from './case';

const mebibyte = 1_048_576;
const withNotes = (text: string): string => feed({ wrapupNotes: text }, 'acw');
const nested = (depth: number): string => feedWith(`"x":${'['.repeat(depth)}${']'.repeat(depth)}`);

export const bodies: WrongInputGroup = {
  title: 'The body',
  cases: [
    { input: 'Not JSON: `hello`', bodies: ['hello'], rejected: 'not-json', why: 'Nobody can say what it is about.' },
    {
      input: 'An event cut off in the middle',
      bodies: [feed().slice(0, -40)],
      rejected: 'not-json',
      why: 'What is left of it may be anything.',
    },
    {
      input: 'Nothing but white space',
      bodies: [' '],
      rejected: 'not-json',
      why: 'As a message. `replay` skips blank lines, but counts them.',
    },
    {
      input: 'A byte order mark (U+FEFF) before the event',
      bodies: [`\ufeff${feed()}`],
      rejected: 'not-json',
      why: 'RFC 8259 forbids it, and no carrier writes one: something rewrote the message on its way.',
    },
    {
      input: 'JSON, but an array, a text, a number or `null`',
      bodies: ['[]', '"text"', '7', 'null'],
      rejected: 'not-object',
      why: 'No carrier sends these.',
    },
    {
      input: 'White space, line ends and tabs around and within the JSON; CRLF',
      bodies: [` \t${feed()} \r\n`, JSON.stringify(JSON.parse(feed()), null, '\r\n\t')],
      records: [partial],
      why: 'JSON allows them, and they are in no fingerprint: these two are one event.',
    },
    {
      input: 'A key twice in one object',
      bodies: [feedWith('"eventTime":"yesterday"')],
      records: [partial],
      why: 'The last one counts, as everywhere in JavaScript. A sender that means the first is wrong.',
    },
    {
      input: '1 MiB, compressible',
      bodies: [ofBytes(mebibyte, withNotes, 'a'.repeat(mebibyte))],
      records: [partial],
      why: 'As large as SQS carries; compressed it fits an item of the table.',
    },
    {
      input: '1 MiB, incompressible',
      bodies: [ofBytes(mebibyte, withNotes, noise(mebibyte))],
      rejected: 'too-large',
      why: 'Even compressed it is over the 400 KB of an item. Its body leaves no room for attributes: a note in the table says why.',
    },
    {
      input: 'A body, or a text within a wrapper, of over 1 MiB',
      bodies: [ofBytes(mebibyte + 1, withNotes, 'a'.repeat(mebibyte))],
      rejected: 'too-large',
      why: 'SQS carries no such message; only `replay` can meet one. It is not parsed.',
    },
    {
      input: 'Nested 10,000 deep; 500,000 deep',
      bodies: [nested(10_000), `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
      rejected: 'too-deep',
      why: 'At most 100. Genesys stays below 12, and depth is what a hostile sender uses against a stack. It is not parsed.',
    },
    {
      input: 'Nested 97 deep within an event',
      bodies: [nested(97)],
      records: [partial],
      drift: 1,
      why: 'Just below the limit, in a field that nobody knows: kept and counted.',
    },
    {
      input: 'Brackets within a text, ten thousand of them',
      bodies: [feed({ provider: '[{"'.repeat(10_000) })],
      records: [partial],
      why: 'Text is not structure.',
    },
    {
      input: 'A lone surrogate, NUL or U+FFFF in a text that is no id of a conversation',
      bodies: [feedWith(String.raw`"participantId":"\ud800","provider":"\u0000\uffff","mediaType":"\u0001"`)],
      records: [partial],
      why: 'Kept as they came: everything is stored and sent as JSON, which escapes them. (The key comes first, so the sound one counts.)',
    },
    {
      input: 'A JSON object of no known shape: `{}`',
      bodies: ['{}', '{"hello":"world"}', sns('{}')],
      rejected: 'unknown-envelope',
      why: 'Neither an event nor a wrapper around one.',
    },
  ],
};
