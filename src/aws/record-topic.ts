import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { assertNotificationAllowed } from '../core/limits';
import type { RecordTopic } from '../ports';
import { stringAttributes } from './message-attributes';

/** At least once: the SDK's second try after a lost answer publishes again. (conversation, life, revision) tells the two to be one. */
export const snsRecordTopic = (sns: SNSClient, topicArn: string): RecordTopic => ({
  publish: async (notification) => {
    assertNotificationAllowed(notification);
    const { message, attributes } = notification;
    await sns.send(new PublishCommand({ TopicArn: topicArn, Message: message, MessageAttributes: stringAttributes(attributes) }));
  },
});
