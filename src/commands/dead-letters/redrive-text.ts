import type { RedriveCounts } from '../../core/on-call/redrive-counts';
import type { Move, RedriveJob } from '../../core/on-call/redrive-job';
import { rungs } from '../../core/on-call/redrive-ladder';
import { groupsOf, outlooksOf, type RedrivePlan } from '../../on-call/redrive-plan';
import { inColumns } from '../columns';

const nameOfQueue = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

const from = ({ place, queueUrl }: Pick<RedriveJob, 'queueUrl'> & { readonly place: string }): string =>
  queueUrl === null ? `${place}s` : `queue ${nameOfQueue(queueUrl)}`;

const header = ['group', 'reason', 'type', 'count', 'would pass', 'would fail', 'would duplicate', 'unknown', 'skipped'];
const firstNumber = 3;

const table = (plan: RedrivePlan): string =>
  inColumns(
    [
      header,
      ...groupsOf(plan).map(({ group, reason, type, count, outlooks, skipped }) => [
        group,
        reason,
        type ?? '-',
        ...[count, outlooks['would-pass'], outlooks['would-fail'], outlooks['would-duplicate'], outlooks.unknown, skipped].map(
          String,
        ),
      ]),
    ],
    (column) => column >= firstNumber,
  );

/** The rungs that so many reach. */
const ladderText = (count: number): string => {
  const below = (rung: number): number => rungs.slice(0, rung).reduce((sum, size) => sum + size, 0);
  const reached = rungs.filter((_, rung) => count > below(rung));
  return reached.map((size) => (size === Infinity ? 'the rest' : String(size))).join(', then ');
};

const mendFirst = [
  'All of them would still fail, by the schemas of this program: nothing would be moved.',
  '`tidemark dead-letters show <group>` says why, `tidemark schemas propose --dead-letters` what would admit them. Release and deploy that, then come back.',
];

const skippedText = ({ toSkip }: RedrivePlan): readonly string[] => {
  const reasons = [...new Set(toSkip.map(({ why }) => why))];
  return reasons.map(
    (why) => `${toSkip.filter((one) => one.why === why).length} would be skipped: ${why}; --again takes them, too.`,
  );
};

export interface Pace {
  readonly perSecond: number;
  readonly stopAt: number;
}

const wouldMove = ({ toMove }: RedrivePlan, { perSecond, stopAt }: Pace): string =>
  toMove.length === 0
    ? 'It would move none.'
    : `It would move ${toMove.length}: ${ladderText(toMove.length)}, at most ${perSecond} a second; it stops by itself when the first ` +
      `or more than ${Math.round(stopAt * 1000) / 10} % are refused again.`;

/** What one job would do. */
export const planText = (plan: RedrivePlan, pace: Pace): string => {
  const { toMove, toSkip, to } = plan;
  const selected = toMove.length + toSkip.length;
  const allFail = outlooksOf(plan)['would-fail'] === selected;
  return [
    `${from(plan)} -> ${to ?? 'nobody knows where'}: ${selected} selected`,
    table(plan),
    ...(to === null ? ['It cannot be moved: neither its subscription nor the topic was found.'] : []),
    ...(allFail && toMove.length === 0 ? mendFirst : [wouldMove(plan, pace), ...skippedText(plan)]),
    '',
  ].join('\n');
};

export const countsText = ({ selected, moved, skipped, failed, left }: RedriveCounts): string =>
  `${selected} selected = ${moved} moved + ${skipped} skipped + ${failed} failed + ${left} left`;

const answersText = ({ admitted, refused, unanswered }: RedriveCounts): string =>
  `of those moved: ${admitted} admitted, ${refused} refused again, ${unanswered} without an answer`;

export interface Ended {
  readonly job: string;
  readonly state: string;
  readonly because: string | null;
  readonly counts: RedriveCounts;
}

/** Why some were not moved, each reason with how many. */
const whyNotText = (moves: readonly Move[]): readonly string[] => {
  const said = moves.filter(({ did }) => did !== 'moved').map(({ did, why }) => `${did}: ${why ?? 'nobody knows why'}`);
  return [...new Set(said)].map((reason) => `  ${said.filter((one) => one === reason).length} ${reason}`);
};

/** How one job ended, and what can be done now. */
export const endText = ({ job, state, because, counts }: Ended, moves: readonly Move[]): string => {
  const isOpen = counts.left > 0 || counts.unanswered > 0;
  return [
    `job ${job}: ${state}${because === null ? '' : `, ${because}`}`,
    `  ${countsText(counts)}`,
    `  ${answersText(counts)}`,
    ...whyNotText(moves),
    ...(isOpen && state !== 'done' ? [`  go on with it: tidemark dead-letters resume ${job}`] : []),
    ...(counts.refused > 0
      ? [
          '  what was refused again is back, with its history; once mended, redrive takes it with --again: tidemark dead-letters groups --refresh',
        ]
      : []),
    '',
  ].join('\n');
};
