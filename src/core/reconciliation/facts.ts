import { isoOrNull } from '../conversation/instant';
import { type Json, type JsonObject, objectsIn, textOrNull } from '../json';
import type { SubjectTypes } from '../schema-types/subject-types';

/**
 * What Genesys's analytics and a record both say of a conversation, under the record's own names. What the analytics leave out
 * is left out. Ids, times and numbers only: nothing that a customer said or is.
 */
export type AnalyticsFacts = SubjectTypes['tidemark.correction']['analytics'];

type MetricFacts = AnalyticsFacts['metrics'];

/** The distinct texts in a field, sorted; undefined if there are none. */
const textsOf = (objects: readonly JsonObject[], field: string): readonly string[] | undefined => {
  const texts = objects.map((one) => textOrNull(one[field])).filter((text) => text !== null && text !== '');
  return texts.length === 0 ? undefined : [...new Set(texts as readonly string[])].sort();
};

/** ISO 8601 with milliseconds, as a record writes it; undefined where it is no time. */
const instantOf = (value: Json | undefined): string | undefined => {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return isoOrNull(Number.isNaN(ms) ? null : ms) ?? undefined;
};

const wordOf = (value: Json | undefined): string | undefined => textOrNull(value)?.toLowerCase();

/**
 * Genesys's `conversationEnd` waits for the last after-call work (a call that was over at 17:38:14 and was worked on until 17:38:17 ends
 * at 17:38:17 in Genesys's answers); a record's `endedAt` does not. The end of the last segment that is none is what the two share.
 */
const endOf = (conversation: JsonObject, segments: readonly JsonObject[]): string | undefined => {
  const ends = segments
    .filter((segment) => segment['segmentType'] !== 'wrapup')
    .map((segment) => instantOf(segment['segmentEnd']))
    .filter((end) => end !== undefined);
  return ends.sort().at(-1) ?? instantOf(conversation['conversationEnd']);
};

const customerPurposes: ReadonlySet<unknown> = new Set(['customer', 'external']);

/** Of a customer with sessions in several media only the order tells which was first, and nobody promises it. */
const mediumOf = (participants: readonly JsonObject[]): string | undefined => {
  const customers = participants.filter(({ purpose }) => customerPurposes.has(purpose));
  const media = textsOf(
    customers.flatMap(({ sessions }) => objectsIn(sessions)),
    'mediaType',
  );
  return media?.length === 1 ? media[0]?.toLowerCase() : undefined;
};

/** Genesys's own word for "the agent set none in time". */
const noCode = 'ININ-WRAP-UP-TIMEOUT';

/** Each is emitted once for each stretch; the sums named `…Complete` beside them would count it twice. */
const times = {
  talkMs: 'tTalk',
  holdMs: 'tHeld',
  alertMs: 'tAlert',
  queueWaitMs: 'tAcd',
  afterCallWorkMs: 'tAcw',
} as const satisfies Partial<Record<keyof MetricFacts, string>>;

/** A sum of these is a number that a record may hold. */
const isMeasure = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1e12;

const metricsOf = (metrics: readonly JsonObject[]): MetricFacts => {
  const valuesOf = (name: string): readonly number[] =>
    metrics.filter((metric) => metric['name'] === name).flatMap(({ value }) => (isMeasure(value) ? [Math.round(value)] : []));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const known = Object.entries(times)
    .map(([field, name]) => [field, valuesOf(name)] as const)
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => [field, sum(values)] as const);
  // A count that is not emitted was 0, where anything was emitted at all; a time that is not emitted is unknown.
  const counts =
    metrics.length === 0
      ? {}
      : { transfersByKind: { blind: sum(valuesOf('nBlindTransferred')), consult: sum(valuesOf('nConsultTransferred')) } };
  return { ...Object.fromEntries(known), ...counts };
};

const defined = <T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };

/**
 * The facts in a conversation as `POST /api/v2/analytics/conversations/details/query` answers it. Names of fields and metrics are those of
 * the public SDK (AnalyticsConversation, AnalyticsSession, AnalyticsConversationSegment). Never throws.
 */
export const readFacts = (conversation: JsonObject): AnalyticsFacts => {
  const participants = objectsIn(conversation['participants']);
  const sessions = participants.flatMap((participant) => objectsIn(participant['sessions']));
  const segments = sessions.flatMap((session) => objectsIn(session['segments']));
  return {
    ...defined({
      startedAt: instantOf(conversation['conversationStart']),
      endedAt: endOf(conversation, segments),
      mediaType: mediumOf(participants),
      direction: wordOf(conversation['originatingDirection']),
      agentIds: textsOf(participants, 'userId'),
      queueIds: textsOf(segments, 'queueId'),
      wrapUpCodes: textsOf(
        segments.filter(({ wrapUpCode }) => wrapUpCode !== noCode),
        'wrapUpCode',
      ),
    }),
    metrics: metricsOf(sessions.flatMap((session) => objectsIn(session['metrics']))),
  };
};

/** When Genesys says that it was over, after-call work included; null while it is not. */
export const conversationEndMs = (conversation: JsonObject): number | null => {
  const end = instantOf(conversation['conversationEnd']);
  return end === undefined ? null : Date.parse(end);
};
