import { virtualClock } from '../../src/memory/clock';
import { memoryQueue } from '../../src/memory/queue';
import { memoryWindowTable } from '../../src/memory/window-table';
import { intakeQueueContract } from './intake-queue.contract';
import { windowTableContract } from './window-table.contract';

windowTableContract('memory', () => {
  const table = memoryWindowTable({ staleIndex: true });
  return Promise.resolve({
    table,
    settleIndex: () => {
      table.settleIndex();
      return Promise.resolve();
    },
    failureNotes: () => Promise.resolve(table.failureNotes()),
  });
});

intakeQueueContract('memory', () => {
  const clock = virtualClock();
  const queue = memoryQueue({ clock });
  return Promise.resolve({
    queue: queue.intake(),
    send: (bodies) => {
      for (const body of bodies) queue.send(body);
      return Promise.resolve();
    },
    until: async (condition) => {
      if (!(await clock.advanceUntil(condition, 300_000))) throw new Error('Expected it to happen within five minutes.');
    },
    remaining: () => {
      const { visible, inFlight } = queue.counts();
      return Promise.resolve(visible + inFlight);
    },
    nowMs: clock.nowMs,
  });
});
