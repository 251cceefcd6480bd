import {
  countBeyond,
  emptyHistogram,
  type Histogram,
  latenessBoundsMs,
  type LatenessKind,
  type LatenessSum,
  mergeHistograms,
  quantileMs,
  smallestCoverMs,
  totalOf,
} from './lateness';

/** Where a quantile lies: up to a bucket's bound, beyond the last of them, or nowhere, since too few were counted to say. */
export type Quantile = number | 'beyond' | null;

export interface LatenessRow {
  readonly subject: string;
  readonly count: number;
  readonly p50Ms: Quantile;
  readonly p90Ms: Quantile;
  readonly p99Ms: Quantile;
  readonly p999Ms: Quantile;
  readonly mostMs: Quantile;
}

export interface Advice {
  readonly setting: 'OUT_OF_ORDERNESS_MS' | 'HOLD_MS' | 'ACW_HOLD_MS';
  readonly presentMs: number;
  /** What the share is of: messages, or conversations. */
  readonly population: number;
  /** How many of them the present setting may miss. */
  readonly missedAtPresent: number;
  /** Smallest bucket that covers the wanted share; null if none does, or if too few were counted to say. */
  readonly recommendedMs: number | null;
  readonly tooFew: boolean;
}

/** What another hold would cost: late revisions by the gaps seen, and the time by which every complete record would leave later. */
export interface HoldChoice {
  readonly holdMs: number;
  readonly lateRevisionsPerThousand: number;
  readonly laterByMs: number;
}

export interface LatenessSettings {
  readonly outOfOrdernessMs: number;
  readonly holdMs: number;
  readonly acwHoldMs: number;
}

export interface LatenessReport {
  readonly cover: number;
  readonly messages: number;
  readonly conversations: number;
  readonly lateRecords: number;
  readonly measures: readonly { readonly kind: LatenessKind; readonly rows: readonly LatenessRow[] }[];
  readonly advice: readonly Advice[];
  /** Empty while no conversation was counted. */
  readonly holds: readonly HoldChoice[];
}

/** Below this a share of one in a thousand says nothing. */
export const fewest = 1_000;

const inAll = 'all';

const readQuantile = (histogram: Histogram, fraction: number): Quantile => {
  const isMost = fraction === 1;
  // One in a hundred of fifty is half a message.
  if (!isMost && totalOf(histogram) * (1 - fraction) < 1 - 1e-6) return null;
  const ms = quantileMs(histogram, fraction);
  return ms === Infinity ? 'beyond' : ms;
};

const makeRow = (subject: string, histogram: Histogram): LatenessRow => ({
  subject,
  count: totalOf(histogram),
  p50Ms: readQuantile(histogram, 0.5),
  p90Ms: readQuantile(histogram, 0.9),
  p99Ms: readQuantile(histogram, 0.99),
  p999Ms: readQuantile(histogram, 0.999),
  mostMs: readQuantile(histogram, 1),
});

type BySubject = ReadonlyMap<string, Histogram>;

/** Days and workers added up. */
const sumBySubject = (sums: readonly LatenessSum[], kind: LatenessKind): BySubject => {
  const bySubject = new Map<string, Histogram>();
  for (const sum of sums.filter((one) => one.kind === kind))
    bySubject.set(sum.subject, mergeHistograms(bySubject.get(sum.subject) ?? emptyHistogram, sum.histogram));
  return bySubject;
};

const inAllOf = (bySubject: BySubject): Histogram => [...bySubject.values()].reduce(mergeHistograms, emptyHistogram);

const rowsOf = (bySubject: BySubject): readonly LatenessRow[] => [
  makeRow(inAll, inAllOf(bySubject)),
  ...[...bySubject].sort(([a], [b]) => (a < b ? -1 : 1)).map(([subject, histogram]) => makeRow(subject, histogram)),
];

const advise = (
  setting: Advice['setting'],
  presentMs: number,
  { histogram, population, cover }: { readonly histogram: Histogram; readonly population: number; readonly cover: number },
): Advice => {
  const tooFew = population < fewest;
  return {
    setting,
    presentMs,
    population,
    missedAtPresent: countBeyond(histogram, presentMs),
    recommendedMs: tooFew ? null : smallestCoverMs(histogram, population, cover),
    tooFew,
  };
};

/** Holds that anybody would choose among. */
const shortestChoiceMs = 5_000;
const longestChoiceMs = 1_800_000;

const holdChoices = (gaps: Histogram, conversations: number, presentMs: number): readonly HoldChoice[] => {
  const bounds = latenessBoundsMs.filter((bound) => bound >= shortestChoiceMs && bound <= longestChoiceMs);
  const choices = [...new Set([...bounds, presentMs])].sort((a, b) => a - b);
  return choices.map((holdMs) => ({
    holdMs,
    lateRevisionsPerThousand: (1_000 * countBeyond(gaps, holdMs)) / conversations,
    laterByMs: holdMs - presentMs,
  }));
};

/** What was counted, and what follows for the settings. `cover` is the share that is to be on time, as a fraction. */
export const reportLateness = (sums: readonly LatenessSum[], settings: LatenessSettings, cover: number): LatenessReport => {
  const disorder = sumBySubject(sums, 'disorder');
  const gaps = sumBySubject(sums, 'hold-gap');
  const acwGaps = sumBySubject(sums, 'acw-hold-gap');
  const records = sumBySubject(sums, 'records');
  const countRecords = (pane: string): number => totalOf(records.get(pane) ?? emptyHistogram);
  const conversations = countRecords('on_time');
  const messages = totalOf(inAllOf(disorder));
  // Switched off, the hold for after-call work is the hold.
  const isAcwOff = settings.acwHoldMs === 0;
  const forHold = isAcwOff ? mergeHistograms(inAllOf(gaps), inAllOf(acwGaps)) : inAllOf(gaps);
  const ofConversations = { population: conversations, cover };
  return {
    cover,
    messages,
    conversations,
    lateRecords: countRecords('late'),
    measures: [
      { kind: 'disorder', rows: rowsOf(disorder) },
      { kind: 'hold-gap', rows: rowsOf(gaps) },
      { kind: 'acw-hold-gap', rows: rowsOf(acwGaps) },
    ],
    advice: [
      advise('OUT_OF_ORDERNESS_MS', settings.outOfOrdernessMs, { histogram: inAllOf(disorder), population: messages, cover }),
      advise('HOLD_MS', settings.holdMs, { histogram: forHold, ...ofConversations }),
      ...(isAcwOff ? [] : [advise('ACW_HOLD_MS', settings.acwHoldMs, { histogram: inAllOf(acwGaps), ...ofConversations })]),
    ],
    holds: conversations === 0 ? [] : holdChoices(forHold, conversations, settings.holdMs),
  };
};
