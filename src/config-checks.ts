import type { CleanedEnv } from 'envalid';
import type { variables } from './config-variables';

export type Name = keyof typeof variables;
export type Values = CleanedEnv<typeof variables>;

export const secondsToMs = (seconds: number): number => seconds * 1_000;
export const hoursToMs = (hours: number): number => hours * 3_600_000;
export const daysToMs = (days: number): number => days * 86_400_000;

export interface CrossCheck {
  /** Not checked while one of these is itself wrong. */
  readonly on: readonly Name[];
  readonly holds: (values: Values) => boolean;
  readonly expected: string;
}

/** What each pair or triple of variables must satisfy, once each is right by itself. */
export const crossChecks: readonly CrossCheck[] = [
  {
    on: ['QUEUE_URL', 'DEAD_LETTER_QUEUE_URL'],
    holds: (v) => v.QUEUE_URL !== v.DEAD_LETTER_QUEUE_URL,
    expected: 'two different queues: a dead letter would be read again for ever',
  },
  { on: ['HOLD_MS', 'IDLE_MS'], holds: (v) => v.HOLD_MS <= v.IDLE_MS, expected: 'a hold no longer than the idle time' },
  {
    on: ['ACW_HOLD_MS', 'HOLD_MS'],
    holds: (v) => v.ACW_HOLD_MS === 0 || v.ACW_HOLD_MS >= v.HOLD_MS,
    expected: 'the hold for after-call work to be 0 (off) or no shorter than the hold',
  },
  {
    on: ['HOLD_CAP_MS', 'HOLD_MS', 'ACW_HOLD_MS'],
    holds: (v) => v.HOLD_CAP_MS >= Math.max(v.HOLD_MS, v.ACW_HOLD_MS),
    expected: 'a cap no shorter than either hold, which it would cut off',
  },
  {
    on: ['EVENT_RETENTION_DAYS', 'RETENTION_DAYS'],
    holds: (v) => (v.EVENT_RETENTION_DAYS ?? v.RETENTION_DAYS) <= v.RETENTION_DAYS,
    expected: 'events to be kept no longer than the heads and records that know of them',
  },
  {
    on: ['IDLE_MS', 'EVENT_RETENTION_DAYS', 'RETENTION_DAYS'],
    holds: (v) => v.IDLE_MS < daysToMs(v.EVENT_RETENTION_DAYS ?? v.RETENTION_DAYS),
    expected: 'events to outlive the window that waits for them',
  },
  {
    on: ['HEARTBEAT_MS', 'VISIBILITY_SECONDS'],
    holds: (v) => 3 * v.HEARTBEAT_MS <= secondsToMs(v.VISIBILITY_SECONDS),
    expected: 'at least three heartbeats while a message is hidden, so that a death is noticed before its messages return',
  },
  {
    on: ['WAIT_TIME_SECONDS', 'SHUTDOWN_GRACE_SECONDS'],
    holds: (v) => v.WAIT_TIME_SECONDS < v.SHUTDOWN_GRACE_SECONDS,
    expected: 'a long poll to run out within the grace of a shutdown',
  },
  {
    on: ['INGEST_TIMEOUT_MS', 'SHUTDOWN_GRACE_SECONDS'],
    holds: (v) => 2 * v.INGEST_TIMEOUT_MS < secondsToMs(v.SHUTDOWN_GRACE_SECONDS),
    expected: 'what was posted last to be answered within the grace of a shutdown: half of it at most',
  },
];
