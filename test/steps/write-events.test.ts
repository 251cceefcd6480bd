import type { StoredEvent } from '../../src/core/items';
import type { WindowTable } from '../../src/ports';
import { writeEvents } from '../../src/steps/write-events';
import { anEvent, minute } from '../factories';
import { memoryOutside } from '../outside';

test('thousands of events of one message leave connections for its neighbours, and all are stored', async () => {
  const outside = memoryOutside();
  const underWay = { now: 0, most: 0 };
  const watched: WindowTable = {
    ...outside.table,
    writeEvents: async (batch, expiresAtMs) => {
      underWay.now += 1;
      underWay.most = Math.max(underWay.most, underWay.now);
      const left = await outside.table.writeEvents(batch, expiresAtMs);
      underWay.now -= 1;
      return left;
    },
  };
  const events = Array.from({ length: 2_000 }, (_, n): StoredEvent => ({ event: anEvent({ at: minute(0) + n }), sentAtMs: 0 }));
  const outcomes = await writeEvents({ ...outside, table: watched }, 1_000)(events);
  expect(new Set(outcomes.values())).toEqual(new Set(['stored']));
  expect(underWay.most).toBeLessThanOrEqual(16);
  expect(underWay.most).toBeGreaterThan(1);
});
