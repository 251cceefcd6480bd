import type { ReconciliationStore } from '../../src/ports-reconciliation';
import { noon } from '../factories';
import { expiresAtMs } from './window-table-subject';

const lease = (token: string, nowMs = noon, forMs = 60_000) => ({ token, nowMs, untilMs: nowMs + forMs, expiresAtMs });

/** What every store of the reconciliation promises. `make` gives one whose row is not there yet. */
export const reconciliationStoreContract = (name: string, make: () => Promise<ReconciliationStore>): void => {
  describe(`${name} keeps the promises of a store of the reconciliation`, () => {
    test('before the first pass nothing has been done', async () => {
      const store = await make();
      expect(await store.take(lease('a'))).toEqual({ doneUpToMs: null, again: [] });
    });

    test('one at a time holds the lease: its holder may renew it, another has it when it has run out', async () => {
      const store = await make();
      await store.take(lease('a'));
      expect(await store.take(lease('b', noon + 59_999))).toBeNull();
      expect(await store.take(lease('a', noon + 59_999))).not.toBeNull();
      expect(await store.take(lease('b', noon + 60_000))).toBeNull();
      expect(await store.take(lease('b', noon + 59_999 + 60_000))).not.toBeNull();
    });

    test('of many that take it at once one has it', async () => {
      const store = await make();
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map((token) => store.take(lease(token))));
      expect(taken.filter((checkpoint) => checkpoint !== null)).toHaveLength(1);
    });

    test('its holder moves the checkpoint, for whoever comes after', async () => {
      const store = await make();
      await store.take(lease('a'));
      const checkpoint = { doneUpToMs: noon, again: ['conversation-1', 'conversation-2'] };
      expect(await store.advance('a', checkpoint)).toBe(true);
      await store.release('a');
      expect(await store.take(lease('b'))).toEqual(checkpoint);
      expect(await store.advance('b', { doneUpToMs: noon + 1, again: [] })).toBe(true);
      expect(await store.take(lease('b'))).toEqual({ doneUpToMs: noon + 1, again: [] });
    });

    test('who has lost the lease moves nothing and frees nothing', async () => {
      const store = await make();
      await store.take(lease('a'));
      await store.take(lease('b', noon + 60_000));
      expect(await store.advance('a', { doneUpToMs: noon, again: [] })).toBe(false);
      await store.release('a');
      expect(await store.take(lease('c', noon + 60_001))).toBeNull();
      expect(await store.take(lease('b', noon + 60_001))).toEqual({ doneUpToMs: null, again: [] });
    });

    test('letting go frees it at once, and a second time is nothing', async () => {
      const store = await make();
      await store.take(lease('a'));
      await store.release('a');
      await store.release('a');
      expect(await store.take(lease('b', noon + 1))).not.toBeNull();
      expect(await store.advance('a', { doneUpToMs: noon, again: [] })).toBe(false);
    });
  });
};
