import type { LatenessSum } from '../../src/core/lateness';
import type { LatenessStore } from '../../src/ports';
import { noon } from '../factories';
import { histogramOf } from '../histogram';
import { expiresAtMs } from './window-table-subject';

const disorder = (...values: readonly number[]): LatenessSum => ({
  kind: 'disorder',
  subject: 'v2.detail.events.conversation.customer.end',
  histogram: histogramOf(values),
});

const bySubject = (sums: readonly LatenessSum[]): readonly LatenessSum[] =>
  [...sums].sort((a, b) => (`${a.kind} ${a.subject}` < `${b.kind} ${b.subject}` ? -1 : 1));

const dayMs = 86_400_000;

/** What every store of lateness promises. `make` gives one that holds nothing of the days around noon. */
export const latenessStoreContract = (name: string, make: () => Promise<LatenessStore>): void => {
  describe(`${name} keeps the promises of a store of lateness`, () => {
    test('a day of which nothing was added has no sums', async () => {
      const store = await make();
      expect(await store.read(noon)).toEqual([]);
    });

    test('what many workers add at once is one sum, bucket by bucket', async () => {
      const store = await make();
      const most = Number.MAX_SAFE_INTEGER;
      await Promise.all([[0, 60_000], [0], [0, 70], [most]].map((values) => store.add(disorder(...values), noon, expiresAtMs)));
      expect(await store.read(noon)).toEqual([disorder(0, 0, 0, 70, 60_000, most)]);
    });

    test('days, kinds and subjects are kept apart', async () => {
      const store = await make();
      const gap: LatenessSum = { ...disorder(2_000), kind: 'hold-gap' };
      const other: LatenessSum = { ...disorder(3_000), subject: 'detail-envelope.conversation.state' };
      const tomorrow = disorder(500_000);
      for (const sum of [gap, other, disorder(1)]) await store.add(sum, noon, expiresAtMs);
      await store.add(tomorrow, noon + dayMs, expiresAtMs);
      expect(bySubject(await store.read(noon))).toEqual([other, disorder(1), gap]);
      expect(await store.read(noon + dayMs)).toEqual([tomorrow]);
    });

    test('a sum without a count leaves nothing behind', async () => {
      const store = await make();
      await store.add(disorder(), noon, expiresAtMs);
      expect(await store.read(noon)).toEqual([]);
    });
  });
};
