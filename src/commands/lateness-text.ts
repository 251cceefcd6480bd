import { latenessBoundsMs, type LatenessKind } from '../core/lateness';
import {
  type Advice,
  fewest,
  type HoldChoice,
  type LatenessReport,
  type LatenessRow,
  type Quantile,
} from '../core/lateness-report';
import { inColumns } from './columns';

/* The report as a person reads it. Every time is the upper bound of the bucket it fell in. */

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** In the largest unit that leaves a whole or a half: `1.5 min`, but `87 s`. */
const duration = (ms: number): string => {
  const [unit, size] = units.find(([, one]) => ms >= one && (ms / one) % 0.5 === 0) ?? ['ms', 1];
  return `${String(ms / size)} ${unit}`;
};

const quantile = (value: Quantile): string =>
  value === null ? '–' : value === 'beyond' ? `> ${duration(latenessBoundsMs.at(-1) ?? 0)}` : duration(value);

const percent = (share: number): string => `${String(Math.round(share * 1e6) / 1e4)} %`;

const table = (rows: readonly (readonly string[])[]): string => inColumns(rows, (column) => column > 0);

const titles: Readonly<Record<Exclude<LatenessKind, 'records'>, string>> = {
  disorder:
    'Disorder: how far behind the newest message that its worker had seen a message came.\nFirst receipts only; one that comes again was waited for. OUT_OF_ORDERNESS_MS is to cover it.',
  'hold-gap':
    'Gaps: how long after its conversation already looked complete an event came (gaps below a second are left out).\nHOLD_MS is to cover them. Seen only of events that came at all, within the retention.',
  'acw-hold-gap': 'Gaps while after-call work was still awaited. ACW_HOLD_MS is to cover them.',
};

const rowCells = ({ subject, count, p50Ms, p90Ms, p99Ms, p999Ms, mostMs }: LatenessRow): readonly string[] => [
  subject,
  String(count),
  ...[p50Ms, p90Ms, p99Ms, p999Ms, mostMs].map(quantile),
];

const measureText = ({ kind, rows }: LatenessReport['measures'][number]): string =>
  kind === 'records'
    ? ''
    : `${titles[kind]}\n\n${table([['subject', 'count', 'p50', 'p90', 'p99', 'p99.9', 'most'], ...rows.map(rowCells)])}`;

const recommendation = ({ recommendedMs, tooFew }: Advice): string =>
  tooFew ? 'too few to say' : recommendedMs === null ? 'none is enough' : `${String(recommendedMs)} (${duration(recommendedMs)})`;

const adviceText = ({ advice, cover }: LatenessReport): string => {
  const rows = advice.map((one) => [
    one.setting,
    `${String(one.presentMs)} (${duration(one.presentMs)})`,
    `${String(one.missedAtPresent)} of ${String(one.population)}`,
    recommendation(one),
  ]);
  return [
    `Settings. "Here" is this shell's environment, which may not be the workers'. Covering ${percent(cover)}; below ${String(fewest)}`,
    'messages or conversations there is nothing to recommend.',
    '',
    table([['setting', 'here', 'missed by it, at most', 'recommended'], ...rows]),
  ].join('\n');
};

const later = (ms: number): string => (ms === 0 ? 'as here' : ms > 0 ? `${duration(ms)} later` : `${duration(-ms)} sooner`);

const holdCells = ({ holdMs, lateRevisionsPerThousand, laterByMs }: HoldChoice): readonly string[] => [
  duration(holdMs),
  lateRevisionsPerThousand.toFixed(1),
  later(laterByMs),
];

const holdsText = ({ holds }: LatenessReport): string =>
  holds.length === 0
    ? 'No conversation was counted, so no hold can be compared.'
    : table([
        ['with a hold of', 'late revisions per 1,000 conversations, at most', 'each record leaves'],
        ...holds.map(holdCells),
      ]);

const lateNow = ({ conversations, lateRecords }: LatenessReport): string =>
  conversations === 0 ? '' : ` (${((1_000 * lateRecords) / conversations).toFixed(1)} per 1,000 conversations)`;

export const latenessText = (report: LatenessReport, days: number): string => {
  const { messages, conversations, lateRecords } = report;
  const head =
    `Lateness, ${String(days)} ${days === 1 ? 'day' : 'days'} (UTC, today included): ${String(messages)} messages, ` +
    `${String(conversations)} conversations,\n${String(lateRecords)} late revisions in fact${lateNow(report)}.`;
  const parts = [head, ...report.measures.map(measureText), adviceText(report), holdsText(report)];
  return `${parts.join('\n\n')}\n`;
};
