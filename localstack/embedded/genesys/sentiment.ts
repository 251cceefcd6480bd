import { createHash } from 'node:crypto';
import type { UnknownIds } from './analytics';
import { apiError, type Answer } from './errors';
import type { Route } from './question';

/** By conversation: model `ConversationMetrics` of the public SDKs. */
export type Sentiments = Readonly<Record<string, unknown>>;

interface State {
  readonly sentiments: Sentiments;
  readonly unknownIds: UnknownIds;
}

const synthesizeSentiment = (conversationId: string): unknown => {
  const share = createHash('sha256').update(conversationId).digest().readUInt8(0) / 255;
  return {
    conversation: { id: conversationId, selfUri: `/api/v2/conversations/${conversationId}` },
    sentimentScore: Math.round((share * 2 - 1) * 100) / 100,
    sentimentTrend: 0.1,
    sentimentTrendClass: 'SlightlyImproving',
    participantMetrics: { agentDurationPercentage: 40, customerDurationPercentage: 45, silenceDurationPercentage: 15 },
  };
};

const answerOf = ({ sentiments, unknownIds }: State, conversationId: string): Answer => {
  if (Object.hasOwn(sentiments, conversationId)) return { status: 200, body: sentiments[conversationId] };
  return unknownIds === 'synthesize'
    ? { status: 200, body: synthesizeSentiment(conversationId) }
    : apiError('not.found', 'The requested resource was not found.');
};

export const sentimentRoutes = ({ state }: { readonly state: State }): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/api\/v2\/speechandtextanalytics\/conversations\/([^/]+)$/,
    permissions: ['speechAndTextAnalytics:data:view'],
    answer: (_, conversationId = '') => answerOf(state, conversationId),
  },
];
