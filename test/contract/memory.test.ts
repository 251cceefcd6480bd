import { memoryWindowTable } from '../../src/memory/window-table';
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
