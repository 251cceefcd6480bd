import type { Correction, RecordContent } from '../record';
import type { AnalyticsFacts } from './facts';

/*
 * What a record says, held against Genesys's analytics of the same conversation, field by field. Which fields, and what counts as a
 * difference, is this table and nothing else.
 */

type Said = Correction['record'];

/** Analytics and events are written down by different machines. */
export const toleranceMs = 1_000;

interface Comparison {
  readonly differs: (record: Said, analytics: Said) => boolean;
  /** What a corrected record says. */
  readonly settle: (record: Said, analytics: Said) => Said;
}

const asMs = (said: Said): number => (typeof said === 'string' ? Date.parse(said) : NaN);
const listOf = (said: Said): readonly string[] => (Array.isArray(said) ? (said as readonly string[]) : []);
const theirs = (_: Said, analytics: Said): Said => analytics;

/** Also where only one of the two is known. */
const isApart = (a: number, b: number): boolean => !(Math.abs(a - b) <= toleranceMs);

const instant: Comparison = { differs: (record, analytics) => isApart(asMs(record), asMs(analytics)), settle: theirs };
/** No time at all and a time of nothing are the same. */
const duration: Comparison = {
  differs: (record, analytics) => isApart(Number(record ?? 0), Number(analytics)),
  settle: theirs,
};
const plain: Comparison = { differs: (record, analytics) => record !== analytics, settle: theirs };
/** An event that named an id was sent: nothing is taken away that analytics name in another place, or not at all. */
const ids: Comparison = {
  differs: (record, analytics) => listOf(analytics).some((id) => !listOf(record).includes(id)),
  settle: (record, analytics) => [...new Set([...listOf(record), ...listOf(analytics)])].sort(),
};

export const comparisons = {
  startedAt: instant,
  endedAt: instant,
  mediaType: plain,
  direction: plain,
  agentIds: ids,
  queueIds: ids,
  wrapUpCodes: ids,
  'metrics.talkMs': duration,
  'metrics.holdMs': duration,
  'metrics.alertMs': duration,
  'metrics.queueWaitMs': duration,
  'metrics.afterCallWorkMs': duration,
  'metrics.transfersByKind.blind': plain,
  'metrics.transfersByKind.consult': plain,
} as const satisfies Readonly<Record<string, Comparison>>;

export type ComparedField = keyof typeof comparisons;

type Compared = Pick<
  RecordContent,
  'startedAt' | 'endedAt' | 'mediaType' | 'direction' | 'agentIds' | 'queueIds' | 'wrapUpCodes' | 'metrics'
>;

const valueAt = (object: Compared | AnalyticsFacts, field: ComparedField): Said | undefined =>
  field
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      object,
    ) as Said | undefined;

const fields = Object.keys(comparisons) as readonly ComparedField[];

/** The fields of which analytics say something else, in the order of the table. */
export const compareWithAnalytics = (
  content: Compared,
  facts: AnalyticsFacts,
): readonly (Correction & { readonly field: ComparedField })[] =>
  fields.flatMap((field) => {
    const record = valueAt(content, field) ?? null;
    const analytics = valueAt(facts, field) ?? null;
    return analytics !== null && comparisons[field].differs(record, analytics) ? [{ field, record, analytics }] : [];
  });

/** It went on after the end that these analytics know of, as messages do for weeks: they speak of an earlier conversation. */
export const isOutdated = ({ lifecycle }: Pick<RecordContent, 'lifecycle'>, conversationEndMs: number): boolean =>
  lifecycle.some(
    ({ action, timestamp }) =>
      action.endsWith('.start') && timestamp !== null && Date.parse(timestamp) > conversationEndMs + toleranceMs,
  );
