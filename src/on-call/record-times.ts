import type { StoredRecord } from '../core/items';
import { isObject } from '../core/json';

/** When a record's bytes were made, AWS's wall time. Of one that an earlier version put, its execution's input tells; null where nothing does. */
export const madeAtMs = ({ closed, outbox }: StoredRecord): number | null => {
  if (closed) return closed.atMs;
  const input: unknown = outbox.execution && JSON.parse(outbox.execution.input);
  const timestamp = isObject(input) ? input['timestamp'] : null;
  return typeof timestamp === 'string' ? Date.parse(timestamp) : null;
};
