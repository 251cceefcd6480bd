import type { RedriveOutcome } from '../../src/core/on-call/redrive-job';
import type { RedriveLedger } from '../../src/ports';
import { expiresAtMs } from './window-table-subject';

export interface RedriveLedgerSubject {
  readonly ledger: RedriveLedger;
  /** What whoever redrives reads of one job. */
  readonly outcomesOf: (job: string) => Promise<readonly RedriveOutcome[]>;
}

const admitted: RedriveOutcome = { job: 'job-1', letter: 'letter-1', outcome: 'admitted', reason: null };
const refused: RedriveOutcome = { job: 'job-1', letter: 'letter-2', outcome: 'refused', reason: 'unknown-type' };

/** What every ledger of redrives promises. `make` gives an empty one. */
export const redriveLedgerContract = (name: string, make: () => Promise<RedriveLedgerSubject>): void => {
  describe(`${name} keeps the promises of a ledger of redrives`, () => {
    test('whoever moved messages back reads what became of each, and of no others', async () => {
      const { ledger, outcomesOf } = await make();
      for (const outcome of [admitted, refused, { ...admitted, job: 'job-2' }]) await ledger.note(outcome, expiresAtMs);
      const outcomes = [...(await outcomesOf('job-1'))].sort((a, b) => (a.letter < b.letter ? -1 : 1));
      expect(outcomes).toEqual([admitted, refused]);
    });

    test('the same outcome noted twice is one, and the last one stands', async () => {
      const { ledger, outcomesOf } = await make();
      await Promise.all([ledger.note(refused, expiresAtMs), ledger.note(refused, expiresAtMs)]);
      expect(await outcomesOf('job-1')).toEqual([refused]);
      const changed: RedriveOutcome = { ...refused, outcome: 'admitted', reason: null };
      await ledger.note(changed, expiresAtMs);
      expect(await outcomesOf('job-1')).toEqual([changed]);
    });
  });
};
