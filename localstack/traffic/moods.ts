import { seededChance } from './chance';
import { carry } from './genesys-events';
import type { PlannedMessage, Truth, Wave } from './traffic';

/* Events that are attached to a record: what was read in a transcript, of some conversations, some of them long after they ended. */

const subject = 'v2.speechandtextanalytics.conversation.sentiment';
const detailType = 'v2.speechandtextanalytics.conversation.{id}.sentiment';

const moodMessage = ({ conversationId, expected }: Truth, wave: Wave): PlannedMessage => {
  const chance = seededChance(`${conversationId}/mood/${wave}`);
  const publishedMs = Date.UTC(2026, 2, 2, 9 + wave) + chance.between(0, 3_599_999);
  const detail = {
    topicName: detailType.replace('{id}', conversationId),
    version: '2',
    eventBody: {
      conversationId,
      sentimentOverallScore: chance.between(-100, 100),
      sentimentTrendScore: chance.between(-100, 100),
      queueIds: expected.queueIds,
    },
    metadata: { CorrelationId: chance.uuid() },
    timestamp: new Date(publishedMs).toISOString(),
  };
  const event = carry(chance, expected.orgId ?? 'nobody', publishedMs, { detailType, detail });
  return { wave, body: JSON.stringify(event), kind: 'good', conversationId, facts: [], attaches: { subject } };
};

/** Of every third conversation while its window is open, of every fifth once more when it has closed. */
export const moodMessages = (truths: readonly Truth[]): readonly PlannedMessage[] =>
  truths.flatMap((truth, index) => [
    ...(index % 3 === 0 ? [moodMessage(truth, 1)] : []),
    ...(index % 5 === 0 ? [moodMessage(truth, 2)] : []),
  ]);
