import { planPosts, refusalOf } from '../../localstack/demo/door/plan';
import { badProofs } from '../../localstack/demo/door/proof';
import { seededChance } from '../../localstack/traffic/chance';
import { generateTraffic } from '../../localstack/traffic/generate';

const { messages, truths } = generateTraffic({ seed: 'door', conversations: 80 });
const { posts, others } = planPosts(messages, seededChance('door'));
const known = posts.filter(({ refused }) => refused === null);

test('every message is posted, and what no door takes goes to the queue, too', () => {
  expect(posts.slice(0, messages.length).map(({ body }) => body)).toEqual(messages.map(({ body }) => body));
  expect(others.map(({ body }) => body)).toEqual(
    posts.filter(({ refused }) => refused && refused.status !== 401).map(({ body }) => body),
  );
  expect(new Set(others.map((message) => refusalOf(message)?.problem))).toEqual(
    new Set(['not-json', 'too-deep', 'too-large', 'unknown-envelope']),
  );
});

test('half of the senders sign, and some send twice what has a key', () => {
  const signed = known.filter(({ proof }) => proof === 'signature').length / known.length;
  expect(signed).toBeGreaterThan(0.4);
  expect(signed).toBeLessThan(0.6);
  expect(known.some(({ again }) => again)).toBe(true);
  expect(posts.filter(({ again, key }) => again && key === null)).toEqual([]);
});

test('a key is a header that can be sent, of many bodies', () => {
  for (const { key } of posts) if (key !== null) expect(key).toMatch(/^[\x21-\x7e]{1,256}$/);
  expect(new Set(known.map(({ key }) => key)).size).toBeLessThan(known.length / 2);
});

test('strangers come in every way, with events of conversations that nobody has', () => {
  const strangers = posts.filter(({ refused }) => refused?.status === 401);
  expect(strangers.map(({ proof }) => proof)).toEqual(badProofs);
  const ids = new Set(truths.map(({ conversationId }) => conversationId));
  for (const { body, key } of strangers) {
    expect(ids.has(key!)).toBe(false);
    expect(JSON.stringify(JSON.parse(body))).toContain(key);
    for (const id of ids) expect(body).not.toContain(id);
  }
});
