import type { MeasuredRun } from './measured';

/** Written by `npm run bench -- cost --keep`. */
export const measuredRun: MeasuredRun = {
  layout: 1,
  at: '2026-11-22',
  program: 'tidemark 0.1.0, commit acc9ed2',
  machine: '2 cores of AMD EPYC, node v20.20.2, with a load of 17 from before',
  rttMs: 15,
  conversations: 1200,
  messages: 13994,
  messageBytes: 1113.22,
  metrics: 71,
  again: { tableWriteUnits: 6.9537, indexWriteUnits: 13.8395, readUnits: 5.43827 },
  idleHour: {
    sqsRequests: 359.896,
    tableWriteUnits: 659.81,
    indexWriteUnits: 0,
    readUnits: 49365.8,
    cpuSeconds: 214.506,
    logBytes: 881266,
  },
  revisions: 1200,
  taken: {
    sqsRequests: 2792.1,
    tableWriteUnits: 23257.8,
    indexWriteUnits: 6276,
    readUnits: 16128.6,
    publishes: 1200,
    executions: 1200,
    genesysRequests: 112,
    cpuSeconds: 33.2213,
    logBytes: 511037,
  },
  storedBytes: 992.261,
  peakMemoryBytes: 256868000,
};
