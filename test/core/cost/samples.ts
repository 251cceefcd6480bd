import type { Plan } from '../../../src/core/cost/bill';
import type { MeasuredRun } from '../../../src/core/cost/measured';
import { priceUnits, type PriceName, type Prices } from '../../../src/core/cost/prices';

/** Numbers that can be multiplied in the head: 1,000 messages of 100 conversations. */
export const aRun: MeasuredRun = {
  layout: 1,
  at: '2026-01-01',
  program: 'tidemark 0.0.0, commit abcdef0',
  machine: 'none',
  rttMs: 10,
  conversations: 100,
  messages: 1_000,
  revisions: 110,
  taken: {
    sqsRequests: 200,
    tableWriteUnits: 1_500,
    indexWriteUnits: 500,
    readUnits: 1_000,
    publishes: 110,
    executions: 100,
    genesysRequests: 5,
    cpuSeconds: 0.5,
    logBytes: 50_000,
  },
  again: { tableWriteUnits: 7, indexWriteUnits: 14, readUnits: 5 },
  idleHour: {
    sqsRequests: 200,
    tableWriteUnits: 700,
    indexWriteUnits: 0,
    readUnits: 10_000,
    cpuSeconds: 36,
    logBytes: 1_000_000,
  },
  messageBytes: 1_000,
  storedBytes: 2_000,
  metrics: 50,
  peakMemoryBytes: 100_000_000,
};

export const aPlan: Plan = {
  eventsPerMonth: 10_000_000,
  workers: 3,
  taskVcpus: 0.5,
  taskMemoryGb: 1,
  retentionDays: 73,
  transitions: 20,
  lambdaMemoryMb: 128,
};

/** A dollar for each unit, but for those that are given. */
export const pricesOf = (given: Partial<Record<PriceName, number>>): Prices =>
  Object.fromEntries(
    (Object.keys(priceUnits) as PriceName[]).map((name) => [name, { usd: given[name] ?? 1, per: 1, source: 'a test' }]),
  ) as Prices;
