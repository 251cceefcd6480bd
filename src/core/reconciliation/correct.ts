import type { ConversationMetrics, Correction, RecordContent } from '../record';
import { compareWithAnalytics, comparisons, type ComparedField } from './compare';
import type { AnalyticsFacts } from './facts';

type Json = Readonly<Record<string, unknown>>;

const withValue = (object: Json, [key = '', ...rest]: readonly string[], value: unknown): Json => ({
  ...object,
  [key]: rest.length === 0 ? value : withValue(object[key] as Json, rest, value),
});

/** The table names fields of the content alone, each settled with a value of its own kind: what comes out is a content again. */
const replace = (
  content: RecordContent,
  { field, record, analytics }: Correction & { readonly field: ComparedField },
): RecordContent =>
  withValue({ ...content }, field.split('.'), comparisons[field].settle(record, analytics)) as unknown as RecordContent;

const durationBetween = (from: string | null, to: string | null): number | null => {
  const ms = from === null || to === null ? NaN : Date.parse(to) - Date.parse(from);
  return ms >= 0 ? ms : null;
};

const gain = (
  before: ConversationMetrics,
  after: ConversationMetrics,
  names: readonly ('talkMs' | 'holdMs' | 'afterCallWorkMs')[],
): number => names.reduce((total, name) => total + (after[name] ?? 0) - (before[name] ?? 0), 0);

/** What follows from the corrected fields moves with them: analytics are not asked for it, so that the parts still add up. */
const derive = (before: RecordContent, after: RecordContent): RecordContent => {
  const isMoved = before.startedAt !== after.startedAt || before.endedAt !== after.endedAt;
  const { transfersByKind: kinds, handleMs, transfers, ...metrics } = after.metrics;
  const handleGain = gain(before.metrics, after.metrics, ['talkMs', 'holdMs', 'afterCallWorkMs']);
  const { blind, consult } = before.metrics.transfersByKind;
  return {
    ...after,
    durationMs: isMoved ? durationBetween(after.startedAt, after.endedAt) : after.durationMs,
    metrics: {
      ...metrics,
      handleMs: handleGain === 0 ? handleMs : Math.max(0, (handleMs ?? 0) + handleGain),
      transfers: transfers + kinds.blind - blind + kinds.consult - consult,
      transfersByKind: kinds,
    },
  };
};

/** What the events say, corrected by what Genesys's analytics say. Status and what is missing stay: the events have still not come. */
export const correct = (content: RecordContent, facts: AnalyticsFacts): RecordContent => {
  const corrections = compareWithAnalytics(content, facts);
  if (corrections.length === 0) return content;
  return { ...derive(content, corrections.reduce(replace, content)), corrections };
};
