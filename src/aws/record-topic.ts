import { PublishBatchCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notification } from '../core/items';
import { assertNotificationAllowed, notificationBatches } from '../core/limits';
import type { RecordTopic } from '../ports';
import { stringAttributes } from './message-attributes';

/** Rounds in which entries of a batch that SNS did not take are sent again; each follows the SDK's own tries of the call. */
const rounds = 3;

/** At least once: the SDK's second try after a lost answer publishes again. (conversation, life, revision) tells the two to be one. */
export const snsRecordTopic = (sns: SNSClient, topicArn: string): RecordTopic => {
  /** Answers those that SNS did not take. */
  const publishBatch = async (batch: readonly Notification[]): Promise<readonly Notification[]> => {
    const entries = batch.map(({ message, attributes }, index) => ({
      Id: String(index),
      Message: message,
      MessageAttributes: stringAttributes(attributes),
    }));
    const { Failed = [] } = await sns.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }));
    return batch.filter((_, index) => Failed.some(({ Id }) => Id === String(index)));
  };

  const publishWhole = async (batch: readonly Notification[]): Promise<void> => {
    let left = batch;
    for (let round = 0; left.length > 0 && round < rounds; round++) left = await publishBatch(left);
    if (left.length > 0) throw new Error(`Expected SNS to take ${batch.length} notifications, ${left.length} are left.`);
  };

  return {
    publish: async (notification) => {
      assertNotificationAllowed(notification);
      const { message, attributes } = notification;
      await sns.send(
        new PublishCommand({ TopicArn: topicArn, Message: message, MessageAttributes: stringAttributes(attributes) }),
      );
    },
    publishAll: async (notifications) => {
      notifications.forEach(assertNotificationAllowed);
      for (const batch of notificationBatches(notifications)) await publishWhole(batch);
    },
  };
};
