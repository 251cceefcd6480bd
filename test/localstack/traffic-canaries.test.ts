import { findCanaries, type Canary } from '../../localstack/traffic/canary';
import { generateTraffic } from '../../localstack/traffic/generate';

const traffic = generateTraffic({ seed: 'canaries', conversations: 200 });
const { canaries } = traffic;
const oneOfEach: readonly Canary[] = [...new Map(canaries.map((canary) => [canary.kind, canary])).values()];

const encodings: readonly (readonly [string, (token: string) => string])[] = [
  ['plain', (token) => token],
  ['inside JSON inside JSON', (token) => JSON.stringify(JSON.stringify({ note: `"${token}"` }))],
  ...[0, 1, 2].map((shift) => [`base64, shifted by ${shift}`, (token: string) => base64(shift, token, 'base64')] as const),
  ...[0, 1, 2].map((shift) => [`base64url, shifted by ${shift}`, (token: string) => base64(shift, token, 'base64url')] as const),
  ['base64 of a whole event', (token) => Buffer.from(JSON.stringify({ detail: { ani: `tel:+${token}` } })).toString('base64')],
  ['URL-encoded', (token) => encodeURIComponent(`tel:+${token}@example.test`)],
  ['URL-encoded to the last letter', (token) => percent(token)],
  ['URL-encoded in upper case', (token) => percent(token).toUpperCase()],
];

const base64 = (shift: number, token: string, encoding: 'base64' | 'base64url'): string =>
  Buffer.from(`${'?'.repeat(shift)}${token}?>~`).toString(encoding);
const percent = (text: string): string => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');

test('there is a canary of every kind, and the generated messages hold them all', () => {
  expect(oneOfEach.map(({ kind }) => kind).sort()).toEqual([
    ...['attribute', 'contact', 'email', 'name', 'note', 'number', 'secret', 'subject', 'transcript'],
  ]);
  const sent = traffic.messages.map(({ body }) => body).join('\n');
  const found = new Set(findCanaries(sent, canaries));
  const missing = canaries.filter((canary) => !found.has(canary));
  expect(missing.map(({ token }) => token)).toEqual([traffic.clientSecret]);
});

describe.each(encodings)('a leak that is %s', (_, encode) => {
  test.each(oneOfEach.map((canary) => [canary.kind, canary] as const))('is found: %s', (_kind, canary) => {
    expect(findCanaries(`{"level":"info","message":"closed","x":"${encode(canary.token)}"}\n`, canaries)).toEqual([canary]);
    expect(findCanaries(encode(canary.token), canaries)).toEqual([canary]);
  });
});

test('many leaks in one text are all found, each once', () => {
  const leaked = canaries.filter((_, index) => index % 7 === 0);
  const text = leaked.map(({ token }, index) => encodings[index % encodings.length]![1](token)).join(' ');
  const found = findCanaries(`${text} ${text}`, canaries);
  expect(found.map(({ token }) => token).sort()).toEqual(leaked.map(({ token }) => token).sort());
});

test('text without a leak has none, even where it looks like one', () => {
  const lookalikes = [
    'cnry',
    'cnryn00000',
    '1555010',
    Buffer.from('cnrya0000zzzzzzz').toString('base64'),
    percent('cnry'),
    '155501999999999',
  ];
  expect(findCanaries(lookalikes.join(' '), canaries)).toEqual([]);
});

test('ten megabytes of output are searched for thousands of canaries in a moment', () => {
  const many = generateTraffic({ seed: 'many', conversations: 600 }).canaries;
  expect(many.length).toBeGreaterThan(2_000);
  const line = '{"timestamp":"2026-03-02T09:00:00.000Z","level":"info","message":"window closed","conversation":"2f7bf00a"}\n';
  const text = line.repeat(Math.ceil(10_000_000 / line.length)) + many.at(-1)!.token;
  const startedMs = performance.now();
  expect(findCanaries(text, many)).toEqual([many.at(-1)]);
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});
