import { isObject, textOrNull, type Json, type JsonObject } from '../core/json';
import type { ConversationExtra } from '../ports';
import type { GenesysClient } from './client';
import { noId, toExtraAnswer } from './extra-answer';
import { isPathId } from './path-id';

/*
 * Genesys's own sentiment of a conversation. Model `ConversationMetrics` of Genesys's public SDKs (platform-client-sdk-python 258,
 * build/docs/ConversationMetrics.md); a score and a trend of null or none where nothing was analysed.
 */

const permission = 'speechAndTextAnalytics:data:view';

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** Percentages and counts alone: the rest are references. */
const numbersOf = (metrics: unknown): JsonObject =>
  isObject(metrics)
    ? Object.fromEntries(Object.entries(metrics).filter((entry): entry is [string, number] => numberOrNull(entry[1]) !== null))
    : {};

const read = (body: JsonObject): JsonObject | null => {
  const score = numberOrNull(body['sentimentScore']);
  // Before the analysis there may be an answer without one. A trend needs more phrases than a score does.
  if (score === null) return null;
  const value: Record<string, Json> = {
    score,
    trend: numberOrNull(body['sentimentTrend']),
    trendClass: textOrNull(body['sentimentTrendClass']),
    participantMetrics: numbersOf(body['participantMetrics']),
  };
  return value;
};

export const genesysSentiment = (client: GenesysClient): ConversationExtra => ({
  name: 'sentiment',
  fetch: async (conversationId, purpose) => {
    if (!isPathId(conversationId)) return noId;
    const path = `/api/v2/speechandtextanalytics/conversations/${conversationId}`;
    return toExtraAnswer(await client.send({ path, permission, resource: 'sentiment', purpose }), read);
  },
});
