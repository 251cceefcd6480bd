import type { MeasuredRun } from './measured';

/** Written by `npm run bench -- cost --keep`. */
export const measuredRun: MeasuredRun = {
  layout: 1,
  at: '2026-11-22',
  program: 'tidemark 0.1.0, commit b5e32cc',
  machine: '2 cores of AMD EPYC, node v24.21.0, with a load of 1 from before',
  rttMs: 15,
  again: {
    tableWriteUnits: 6.9537,
    indexWriteUnits: 13.8395,
    readUnits: 5.43827,
  },
  conversations: 1200,
  messages: 14054,
  messageBytes: 1113.03,
  metrics: 68,
  idleHour: {
    sqsRequests: 1439.79,
    tableWriteUnits: 719.895,
    indexWriteUnits: 0,
    readUnits: 57111.7,
    cpuSeconds: 116.284,
    logBytes: 882831,
  },
  taken: {
    sqsRequests: 2805.74,
    tableWriteUnits: 23156.9,
    indexWriteUnits: 6204,
    readUnits: 15852.2,
    publishes: 1200,
    executions: 1200,
    genesysRequests: 25,
    cpuSeconds: 25.6934,
    logBytes: 447175,
  },
  revisions: 1200,
  storedBytes: 986.606,
  peakMemoryBytes: 479740000,
};
