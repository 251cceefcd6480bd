import { keyDigest } from '../../src/core/ingest/post';
import type { KeptKeys } from '../../src/ports-ingest';
import { noon } from '../factories';

const digest = keyDigest('conversation-1', '{}');
const kept = (messageId: string, forMs = 60_000, fromMs = noon) => ({ messageId, expiresAtMs: fromMs + forMs });

/** What every store of idempotency keys promises. `make` gives one that keeps nothing. */
export const keptKeysContract = (name: string, make: () => Promise<KeptKeys>): void => {
  describe(`${name} keeps the promises of a store of idempotency keys`, () => {
    test('what was never kept is not found', async () => {
      const keys = await make();
      expect(await keys.find(digest, noon)).toBeNull();
    });

    test('what is kept is found', async () => {
      const keys = await make();
      expect(await keys.keep(digest, kept('message-1'), noon)).toBe('message-1');
      expect(await keys.find(digest, noon)).toBe('message-1');
    });

    test('who comes second learns what the first kept, which stands', async () => {
      const keys = await make();
      await keys.keep(digest, kept('message-1'), noon);
      expect(await keys.keep(digest, kept('message-2', 3_600_000), noon + 1)).toBe('message-1');
      expect(await keys.find(digest, noon + 1)).toBe('message-1');
      // Nor does it live longer for that.
      expect(await keys.find(digest, noon + 60_000)).toBeNull();
    });

    test('the same kept twice, as after an answer that was lost, is kept once', async () => {
      const keys = await make();
      await keys.keep(digest, kept('message-1'), noon);
      expect(await keys.keep(digest, kept('message-1'), noon)).toBe('message-1');
    });

    test('of many that keep one key at once one stands, and all of them learn which', async () => {
      const keys = await make();
      const ids = Array.from({ length: 10 }, (_, at) => `message-${at}`);
      const stands = new Set(await Promise.all(ids.map((id) => keys.keep(digest, kept(id), noon))));
      expect(stands.size).toBe(1);
      expect(await keys.find(digest, noon)).toBe([...stands][0]);
    });

    test('what has expired is gone, though nobody has removed it, and the next one stands', async () => {
      const keys = await make();
      await keys.keep(digest, kept('message-1'), noon);
      expect(await keys.find(digest, noon + 59_999)).toBe('message-1');
      expect(await keys.keep(digest, kept('message-2', 60_000, noon + 59_999), noon + 59_999)).toBe('message-1');
      expect(await keys.find(digest, noon + 60_000)).toBeNull();
      expect(await keys.keep(digest, kept('message-3', 60_000, noon + 60_000), noon + 60_000)).toBe('message-3');
      expect(await keys.find(digest, noon + 60_000)).toBe('message-3');
    });

    test.each([1, 500, 999, 1_000])(
      'it expires by the second: %s ms into one it is kept until its end, for all alike',
      async (ms) => {
        const keys = await make();
        await keys.keep(digest, kept('message-1', 60_000 + ms), noon);
        const end = noon + 61_000;
        expect(await keys.find(digest, end - 1)).toBe('message-1');
        expect(await keys.keep(digest, kept('message-2'), end - 1)).toBe('message-1');
        expect(await keys.find(digest, end)).toBeNull();
        expect(await keys.keep(digest, kept('message-2', 60_000, end), end)).toBe('message-2');
      },
    );

    test('one key with many bodies is many, and none disturbs another', async () => {
      const keys = await make();
      const posts = Array.from({ length: 30 }, (_, at) => ({
        of: keyDigest('conversation-1', `{"post":${at}}`),
        messageId: `message-${at}`,
      }));
      await Promise.all(posts.map(({ of, messageId }) => keys.keep(of, kept(messageId), noon)));
      const found = await Promise.all(posts.map(({ of }) => keys.find(of, noon)));
      expect(found).toEqual(posts.map(({ messageId }) => messageId));
    });
  });
};
