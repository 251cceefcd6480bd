import type { Notification } from '../core/items';
import { assertNotificationAllowed } from '../core/limits';
import type { RecordTopic } from '../ports';
import { answer } from './answer';

export interface MemoryRecordTopic extends RecordTopic {
  readonly published: () => readonly Notification[];
}

export const memoryRecordTopic = (): MemoryRecordTopic => {
  const published: Notification[] = [];
  const publishAll = (notifications: readonly Notification[]): Promise<void> =>
    answer(() => {
      notifications.forEach(assertNotificationAllowed);
      published.push(...notifications);
    });
  return { publish: (notification) => publishAll([notification]), publishAll, published: () => published };
};
