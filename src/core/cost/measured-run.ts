import type { MeasuredRun } from './measured';

/** Written by `npm run bench -- cost --keep`. */
export const measuredRun: MeasuredRun = {
  layout: 1,
  at: '2026-11-22',
  program: 'tidemark 0.1.0, commit 2037b50',
  machine: '2 cores of AMD EPYC, node v24.21.0, with a load of 0.6 from before',
  rttMs: 15,
  again: {
    tableWriteUnits: 6.9537,
    indexWriteUnits: 13.8395,
    readUnits: 5.43827,
  },
  conversations: 1200,
  messages: 14054,
  messageBytes: 1113.03,
  metrics: 69,
  idleHour: {
    sqsRequests: 4319.26,
    tableWriteUnits: 719.877,
    indexWriteUnits: 0,
    readUnits: 57110.3,
    cpuSeconds: 75.5356,
    logBytes: 883230,
  },
  taken: {
    sqsRequests: 2787.54,
    tableWriteUnits: 23466.9,
    indexWriteUnits: 6168,
    readUnits: 15606.9,
    publishes: 1200,
    executions: 1200,
    genesysRequests: 25,
    cpuSeconds: 14.1656,
    logBytes: 441782,
  },
  revisions: 1200,
  storedBytes: 986.795,
  peakMemoryBytes: 450273000,
};
