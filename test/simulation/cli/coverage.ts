import type { Tally } from './tally';
import { timeOf } from './timeline';

/*
 * What must have happened for a long run to prove anything: every kind of fault and blow, and every branch of the protocol.
 * Whoever adds one to the world or the protocol adds it here.
 */

const tableCalls = ['writeEvents', 'readHeads', 'updateHead', 'findDue', 'readWindow', 'putRecord'] as const;
const calls = [...tableCalls, 'beat', 'start', 'publish', 'setAside'] as const;
const writes = ['writeEvents', 'updateHead', 'putRecord', 'beat', 'start', 'publish', 'setAside'] as const;

const expectedFaults: readonly string[] = [
  ...calls.flatMap((call) => [`${call} was refused`, `${call} lost its answer`, `${call} met an outage`]),
  ...writes.map((call) => `${call} landed late`),
  ...['writeEvents', 'updateHead', 'putRecord'].map((call) => `${call} landed again`),
  ...['writeEvents left some unprocessed', 'readHeads left some unprocessed'],
  ...[
    'receive was long under way',
    'writeEvents was long under way',
    'receive lost its answer',
    'receive met an outage',
    'delete was refused',
    'delete lost its answer',
    'delete met an outage',
  ],
  ...['table', 'queue', 'genesys', 'stateMachine', 'topic', 'deadLetters'].map((service) => `outage of ${service}`),
  ...['killed', 'stopping', 'paused', 'resumed'].map((what) => `worker ${what}`),
  ...['event expired', 'head expired', 'record expired'],
  ...['message received again', 'message set aside', 'dead letter redriven'],
].sort();

const expectedBranches: readonly string[] = [
  ...['created', 'created by another', 'brought forward', 'ending noted', 're-armed', 're-arming came too late', 'reopened'],
  ...['arrival met a head that had moved on', 'batch split'],
  ...['claimed', 'claim lost', 'claimed after a wait', 'claimed after its lease ran out', 'lease renewed', 'fenced out'],
  ...['end refused: re-armed or taken', 'left', 'left until re-armed', 'resumed', 'record put', 'put refused'],
  ...['waiting for Genesys', 'let go after a failure', 'closed', 'closed with nothing to say', 'finished open, re-armed'],
  ...["finished open, another's record", 'finished open with nothing to say, re-armed', 'parked', 'read another page'],
  ...['execution started', 'execution there already'],
  ...['attached events carried', 'passed on when it came', 'passed on by a close'],
].sort();

const section = (title: string, counts: Readonly<Record<string, number>>, expected: readonly string[]): readonly string[] => {
  const names = [...new Set([...expected, ...Object.keys(counts)])].sort();
  return [title, ...names.map((name) => `${(counts[name] ?? 'never').toString().padStart(12)}  ${name}`), ''];
};

/** Expected, and not once. */
export const neverHappened = ({ faults, branches }: Tally): readonly string[] => [
  ...expectedFaults.filter((name) => !faults[name]),
  ...expectedBranches.filter((name) => !branches[name]),
];

export const coverageTable = (tally: Tally): readonly string[] => {
  const { 'virtual ms': virtualMs = 0, ...totals } = tally.totals;
  return [
    ...section('Histories', tally.profiles, []),
    ...section('Faults and blows', tally.faults, expectedFaults),
    ...section('Branches of the protocol', tally.branches, expectedBranches),
    ...section('In all', totals, []),
    `Virtual time: ${timeOf(virtualMs)}`,
  ];
};
