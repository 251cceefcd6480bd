import type { Head } from '../../src/core/items';
import type { WindowSettings } from '../../src/core/window';

/** Small numbers, so that a test can be read without a calculator. */
export const settings: WindowSettings = {
  holdMs: 45,
  acwHoldMs: 300,
  idleMs: 10_000,
  holdCapMs: 1_800,
  emitPartialEveryMs: 0,
  leaseMs: 60,
  maxAttempts: 8,
  shards: 1,
  retentionMs: 1_000_000,
  eventRetentionMs: 1_000_000,
};

export const aHead = (fields: Partial<Head> = {}): Head => ({
  layout: 1,
  conversationId: 'c',
  state: 'open',
  life: 'life',
  finished: 0,
  attempts: 0,
  waits: 0,
  dueAt: 11_000,
  dueOn: 'Q#000',
  ...fields,
});
