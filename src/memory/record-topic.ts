import type { Notification } from '../core/items';
import { assertNotificationAllowed } from '../core/limits';
import type { RecordTopic } from '../ports';
import { answer } from './answer';

export interface MemoryRecordTopic extends RecordTopic {
  readonly published: () => readonly Notification[];
}

export const memoryRecordTopic = (): MemoryRecordTopic => {
  const published: Notification[] = [];
  return {
    publish: (notification) =>
      answer(() => {
        assertNotificationAllowed(notification);
        published.push(notification);
      }),
    published: () => published,
  };
};
