import { foldConversation } from '../../src/core/conversation/fold';
import { contentHash, makeRecord } from '../../src/core/revision';
import { anEvent, mapperOf, minute } from '../factories';

const start = anEvent();
const end = anEvent({ type: 'customer.end', at: minute(1), body: { disconnectType: 'PEER' } });
const partial = foldConversation([start], mapperOf).content;
const final = foldConversation([start, end], mapperOf).content;

const life = '0123456789abcdef';
const first = makeRecord({ content: partial, life, revision: 1, pane: 'on_time', previous: null, expiredHistory: false });

describe('record', () => {
  test('the first revision supersedes nothing and changes nothing', () => {
    expect(first).toMatchObject({
      layout: 1,
      life,
      revision: 1,
      pane: 'on_time',
      supersedes: null,
      changed: [],
      status: 'partial',
    });
  });

  test('the next revision names the one that it replaces and every field that differs', () => {
    const next = makeRecord({ content: final, life, revision: 2, pane: 'late', previous: first, expiredHistory: false });
    expect(next.supersedes).toBe(1);
    expect(next.changed).toEqual([
      ...[
        'durationMs',
        'endedAt',
        'eventCount',
        'finalStatus',
        'lifecycle',
        'missing',
        'producedBy',
        'sessions',
        'states',
        'status',
      ],
    ]);
    expect(next.contentHash).not.toBe(first.contentHash);
  });

  test('history that expired makes the record partial and is named as missing', () => {
    const next = makeRecord({ content: final, life, revision: 2, pane: 'late', previous: first, expiredHistory: true });
    expect(next).toMatchObject({ status: 'partial', missing: ['expired-history'] });
    expect(next.contentHash).not.toBe(contentHash(final));
  });
});

test('an early record is partial, however complete it looks: final is what has also waited for its hold', () => {
  const early = makeRecord({ content: final, life, revision: 1, pane: 'early', previous: null, expiredHistory: false });
  const onTime = makeRecord({ content: final, life, revision: 2, pane: 'on_time', previous: early, expiredHistory: false });
  expect([early.status, onTime.status, onTime.changed]).toEqual(['partial', 'final', ['status']]);
  expect(onTime.contentHash).toBe(contentHash(final));
  expect(early.contentHash).not.toBe(onTime.contentHash);
});

describe('content hash', () => {
  test('the same content has the same hash in every life, revision and pane', () => {
    const other = makeRecord({
      content: partial,
      life: 'f'.repeat(16),
      revision: 7,
      pane: 'late',
      previous: first,
      expiredHistory: false,
    });
    expect(other.contentHash).toBe(first.contentHash);
    expect(contentHash(other)).toBe(first.contentHash);
  });

  test('neither the order of keys nor a null counts', () => {
    const reversed = Object.fromEntries(Object.entries(partial).toReversed()) as unknown as typeof partial;
    expect(contentHash(reversed)).toBe(contentHash(partial));
  });

  test('every field of the content counts', () => {
    const keys = Object.keys(final) as (keyof typeof final)[];
    const hashes = keys.map((key) => contentHash({ ...final, [key]: 'something else' }));
    expect(new Set([...hashes, contentHash(final)]).size).toBe(keys.length + 1);
  });

  test('is pinned: what was hashed yesterday hashes alike tomorrow', () => {
    expect(contentHash(partial)).toMatchInlineSnapshot(`"7a1231a1883e1c0baa0c529667344642e1d91ae2525cbef69744eb14ce66d694"`);
  });
});
