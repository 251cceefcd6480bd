import { type Lever, levers, type Pause } from '../core/on-call/levers';
import type { FleetSeen } from '../on-call/workers';
import { inColumns } from './columns';

/* What pulling a lever leads to, as a person reads it. */

/** How long until the last worker has read it. */
const within = 'within about ten seconds';

interface Meaning {
  readonly stops: string;
  readonly goesOn: string;
  readonly mind: string;
}

const meanings: Readonly<Record<Lever, Meaning>> = {
  intake: {
    stops: `Workers receive nothing more, ${within}; what they have in hand they finish.`,
    goesOn:
      'What waits for Genesys, for a retry or for a resumed handoff goes on. Windows that are open stay open: queue time stands still while nothing is received.',
    mind: 'SQS keeps a message for 14 days from when it was sent: after that it is lost.',
  },
  closing: {
    stops: `Workers close no window, ${within}; what they are closing they finish. No records, no executions.`,
    goesOn: 'Intake: events are stored, and windows that are due wait in the table.',
    mind: 'The longer it lasts, the more windows close at once afterwards; Genesys is asked for all of them.',
  },
  handoff: {
    stops: `No execution is started, ${within}: a window whose close would start one waits, and nothing of it is stored or published.`,
    goesOn:
      'Intake, and every close that starts none: early records, records that are only rebuilt, what the policy does not hand off.',
    mind: 'After the resume all that waits goes out within about a minute, each revision with what has come meanwhile.',
  },
};

export const pausedText = ({ lever, sinceMs, who, reason }: Pause): string => {
  const { stops, goesOn, mind } = meanings[lever];
  return [
    `Paused ${lever} since ${new Date(sinceMs).toISOString()}, by ${who}: ${reason}`,
    `  stops     ${stops}`,
    `  goes on   ${goesOn}`,
    `  mind      ${mind}`,
    `  undo      tidemark resume ${lever} --reason TEXT`,
    '',
  ].join('\n');
};

export const resumedText = (lever: Lever, before: Pause | undefined): string =>
  before === undefined
    ? `Nothing to resume: ${lever} is not paused.\n`
    : [
        `Resumed ${lever}, ${within}. It was paused since ${new Date(before.sinceMs).toISOString()}, by ${before.who}: ${before.reason}`,
        `  undo      tidemark pause ${lever} --reason TEXT`,
        '',
      ].join('\n');

/** `87 s`, `12 min`, `3.5 h`: as exact as anybody needs it. */
const ago = (ms: number): string =>
  ms < 120_000
    ? `${Math.round(ms / 1_000)} s`
    : ms < 7_200_000
      ? `${Math.round(ms / 60_000)} min`
      : `${Math.round(ms / 360_000) / 10} h`;

const leverRows = (paused: readonly Pause[], nowMs: number): readonly (readonly string[])[] => [
  ['lever', 'state', 'for', 'by', 'reason'],
  ...levers.map((lever) => {
    const pause = paused.find((one) => one.lever === lever);
    return pause
      ? [lever, 'paused', ago(Math.max(0, nowMs - pause.sinceMs)), pause.who, pause.reason]
      : [lever, 'on', '', '', ''];
  }),
];

const workerRows = ({ workers }: FleetSeen): readonly (readonly string[])[] => [
  ['worker', 'state', 'heard', 'watermark behind'],
  ...workers.map(({ workerId, state, heardMsAgo, lagMs }) => [
    workerId,
    state,
    `${ago(heardMsAgo)} ago`,
    lagMs === null ? 'says nothing' : ago(lagMs),
  ]),
];

const noNumber = (): boolean => false;

export const leversText = (paused: readonly Pause[], fleet: FleetSeen, nowMs: number): string =>
  [
    inColumns(leverRows(paused, nowMs), noNumber),
    '',
    fleet.workers.length === 0
      ? 'No worker runs: each has left in good order, or was not heard of for a day.'
      : inColumns(workerRows(fleet), noNumber),
    '',
    fleet.watermarkMs === null
      ? 'No watermark is known.'
      : `The fleet's watermark is ${ago(Math.max(0, nowMs - fleet.watermarkMs))} behind.`,
    '',
  ].join('\n');
