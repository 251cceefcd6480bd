import { memoryWindowTable } from '../../src/memory/window-table';
import { parkedWindowsContract } from '../contract/parked-windows.contract';
import { expiresAtMs } from '../contract/window-table-subject';
import { memoryParkedWindows } from './parked-windows';

parkedWindowsContract('memory', () => {
  const table = memoryWindowTable({ staleIndex: true });
  const settleIndex = () => {
    table.settleIndex();
    return Promise.resolve();
  };
  return Promise.resolve({ table, windows: memoryParkedWindows(table, () => expiresAtMs), settleIndex });
});
