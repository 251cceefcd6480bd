import type { AuditEntry } from '../../src/core/on-call/audit';
import type { AuditTrail } from '../../src/ports-on-call';
import { noon } from '../factories';
import { expiresAtMs } from './window-table-subject';

const dayMs = 86_400_000;

const entry = (fields: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'operation-1.0000',
  atMs: noon,
  action: 'archive',
  who: 'arn:aws:iam::000000000000:user/ada',
  why: 'The partner sends them again.',
  what: 'archive letters.jsonl --reason invalid',
  stage: 'begun',
  ...fields,
});

/** What every audit trail promises. `make` gives one that holds nothing. */
export const auditTrailContract = (name: string, make: () => Promise<AuditTrail>): void => {
  describe(`${name} keeps the promises of an audit trail`, () => {
    test('a day on which nothing was done has no entries', async () => {
      const trail = await make();
      expect(await trail.read(noon)).toEqual([]);
    });

    test('an entry is read as it was written, on its own day (UTC) alone', async () => {
      const trail = await make();
      const whole = entry({
        stage: 'done',
        job: 'job-1',
        conversationId: 'conversation-1',
        counts: { archived: 2, failed: 0 },
        outcomes: [{ id: 'letter-1', outcome: 'archived' }],
      });
      await trail.append(whole, expiresAtMs);
      expect(await trail.read(noon)).toEqual([whole]);
      expect([await trail.read(noon - dayMs), await trail.read(noon + dayMs)]).toEqual([[], []]);
    });

    test('entries of one millisecond stand beside each other, all in order of time', async () => {
      const trail = await make();
      const later = entry({ id: 'operation-0.0001', atMs: noon + 1 });
      const twins = ['operation-1.0000', 'operation-1.0001', 'operation-2.0000'].map((id) => entry({ id }));
      await Promise.all([later, ...twins.toReversed()].map((one) => trail.append(one, expiresAtMs)));
      expect(await trail.read(noon)).toEqual([...twins, later]);
    });

    test('an entry that is written twice is one', async () => {
      const trail = await make();
      await trail.append(entry(), expiresAtMs);
      await trail.append(entry(), expiresAtMs);
      expect(await trail.read(noon)).toEqual([entry()]);
    });

    test('no entry is overwritten', async () => {
      const trail = await make();
      await trail.append(entry(), expiresAtMs);
      await expect(trail.append(entry({ who: 'somebody else' }), expiresAtMs)).rejects.toThrow('to be new');
      expect(await trail.read(noon)).toEqual([entry()]);
    });

    test('a day of two hundred entries with a hundred outcomes each is read whole', async () => {
      const trail = await make();
      const outcomes = Array.from({ length: 100 }, (_, n) => ({
        id: `5e8bb5a4-0000-4000-8000-${String(n).padStart(12, '0')}`,
        outcome: `removed ${'ab'.repeat(32)}`,
      }));
      const many = Array.from({ length: 200 }, (_, n) => entry({ id: `operation-1.${String(n).padStart(4, '0')}`, outcomes }));
      for (const one of many) await trail.append(one, expiresAtMs);
      expect(await trail.read(noon)).toEqual(many);
    });
  });
};
