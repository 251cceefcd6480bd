import type { DriftSighting } from '../../src/core/drift';
import type { DriftStore } from '../../src/ports';
import { noon } from '../factories';
import { expiresAtMs } from './window-table-subject';

const subject = 'v2.detail.events.conversation.customer.end';

/** Seen once, at noon and so many ms. */
const seen = (afterMs: number, changed: Partial<DriftSighting> = {}): DriftSighting => ({
  subject,
  path: '$.disconnectType',
  kind: 'unknown-value',
  count: 1,
  firstAtMs: noon + afterMs,
  lastAtMs: noon + afterMs,
  oldestVersion: 3,
  example: `"AT_${String(afterMs)}"`,
  ...changed,
});

/** What every store of drift promises. `make` gives one that holds nothing. */
export const driftStoreContract = (name: string, make: () => Promise<DriftStore>): void => {
  describe(`${name} keeps the promises of a store of drift`, () => {
    test('a subject of which nothing was added has no rows', async () => {
      const store = await make();
      expect(await store.list(subject)).toEqual([]);
    });

    test('a row is read as it was added', async () => {
      const store = await make();
      const row = seen(0, { count: 7, lastAtMs: noon + 5, oldestVersion: null, example: '"Xxx \\" \'0\' ü…"' });
      await store.add(row, expiresAtMs);
      expect(await store.list(subject)).toEqual([row]);
    });

    test.each([
      ['in order', [0, 10, 20]],
      ['in the opposite order', [20, 10, 0]],
      ['in any order', [10, 20, 0]],
    ])('added %s, the row has the sum, the earliest and the latest time, and what was seen last', async (_how, times) => {
      const store = await make();
      for (const time of times) await store.add(seen(time, { oldestVersion: time === 20 ? null : 3 }), expiresAtMs);
      const last = { lastAtMs: noon + 20, oldestVersion: null, example: '"AT_20"' };
      expect(await store.list(subject)).toEqual([seen(0, { count: 3, ...last })]);
    });

    test('one that spans another takes its first and its last time from it', async () => {
      const store = await make();
      await store.add(seen(10, { count: 2 }), expiresAtMs);
      await store.add(seen(0, { count: 5, lastAtMs: noon + 30, example: '"LAST"' }), expiresAtMs);
      await store.add(seen(5, { lastAtMs: noon + 20 }), expiresAtMs);
      expect(await store.list(subject)).toEqual([seen(0, { count: 8, lastAtMs: noon + 30, example: '"LAST"' })]);
    });

    test('what many workers add at once is one row', async () => {
      const store = await make();
      await Promise.all([6, 2, 8, 0, 4, 9, 1, 7, 3, 5].map((time) => store.add(seen(time, { count: 10 }), expiresAtMs)));
      expect(await store.list(subject)).toEqual([
        seen(0, { count: 100, lastAtMs: noon + 9, example: '"AT_9"' }),
      ]); // prettier-ignore
    });

    test('subjects, paths and kinds are kept apart, and a subject is listed by path, then kind', async () => {
      const store = await make();
      const rows = [
        seen(3, { path: '$.a', kind: 'changed-type' }),
        seen(2, { path: '$.a', kind: 'unknown-field' }),
        seen(1, { path: '$.a.b' }),
        seen(0, { path: '$.a[*]' }),
        seen(4, { path: '$.aa' }),
      ];
      const other = seen(0, { subject: `${subject}.more` });
      for (const row of [rows[4]!, other, rows[2]!, rows[1]!, rows[3]!, rows[0]!]) await store.add(row, expiresAtMs);
      expect(await store.list(subject)).toEqual(rows);
      expect(await store.list(other.subject)).toEqual([other]);
    });

    test('any path is kept as it is, however long', async () => {
      const store = await make();
      const long = `$.${'x'.repeat(998)}`;
      const paths = ["$['…']", '$.…', '$', '$.attributes.*', long, `${long}y`, `$.${'…'.repeat(1_000)}`, '$.a#b', '$.a\u0000b'];
      for (const path of paths) await store.add(seen(0, { path }), expiresAtMs);
      await store.add(seen(0, { path: long }), expiresAtMs);
      expect(await store.list(subject)).toEqual(
        [...paths].sort().map((path) => seen(0, { path, count: path === long ? 2 : 1 })),
      ); // prettier-ignore
    });
  });
};
