import { CallRefusedError } from './errors';
import type { Notification } from './items';

/**
 * AWS's limits that we check before we call. A stand-in lets more pass than AWS does, and a refusal of our own says what was
 * too large and by how much. Sources: the service quotas of each service, 2026.
 */
export const limits = {
  /** DynamoDB: BatchWriteItem and BatchGetItem, in items. (A BatchWriteItem's 16 MB cannot be reached: 25 items of 400 KB are 10.) */
  writeBatch: 25,
  readBatch: 100,
  /** DynamoDB: an item with its attribute names; the most that a page of a Query holds; the keys. */
  itemBytes: 400 * 1024,
  pageBytes: 1024 * 1024,
  partitionKeyBytes: 2048,
  sortKeyBytes: 1024,
  /** SQS: a message, its body and its attributes together. */
  messageBytes: 1024 * 1024,
  /** SQS: the most receives after which a redrive policy gives a message up; ours says so many. */
  receives: 1_000,
  /** SNS: a notification, attributes included. More than ten attributes do not survive raw delivery to SQS. */
  notificationBytes: 256 * 1024,
  /** SNS: a PublishBatch, in notifications; together they may be as large as one. */
  publishBatch: 10,
  messageAttributes: 10,
  /** Step Functions. */
  executionNameLength: 80,
  executionInputBytes: 256 * 1024,
} as const;

export const utf8Bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** What String attributes of a message count for: name, data type and value. */
export const attributeBytes = (attributes: Readonly<Record<string, string>>): number =>
  Object.entries(attributes).reduce((sum, [name, value]) => sum + utf8Bytes(name) + 'String'.length + utf8Bytes(value), 0);

/** Step Functions refuses white space, control characters, brackets, wildcards and these special characters in a name. */
const illegalInName = /[\s\u0000-\u001f\u007f-\u009f<>{}[\]?*"#%\\^|~`$&,;:/\ufffe\uffff\p{Surrogate}]/u;

export const assertExecutionAllowed = (execution: { readonly name: string; readonly input: string }): void => {
  const { name, input } = execution;
  if (name.length < 1 || name.length > limits.executionNameLength || illegalInName.test(name))
    throw new CallRefusedError(
      `Expected an execution name of 1 to ${limits.executionNameLength} characters that Step Functions allows, ` +
        `got ${name.length} characters${illegalInName.test(name) ? ', at least one of them not allowed' : ''}.`,
    );
  const bytes = utf8Bytes(input);
  if (bytes > limits.executionInputBytes)
    throw new CallRefusedError(`Expected an execution input of at most ${limits.executionInputBytes} bytes, got ${bytes}.`);
};

const notificationSize = ({ message, attributes }: Notification): number => utf8Bytes(message) + attributeBytes(attributes);

export const fitsNotification = (notification: Notification): boolean =>
  notificationSize(notification) <= limits.notificationBytes;

/** As few batches as hold them in their order, each within SNS's limits if every notification is. */
export const notificationBatches = (notifications: readonly Notification[]): readonly (readonly Notification[])[] => {
  const batches: Notification[][] = [];
  let bytes = 0;
  for (const notification of notifications) {
    const size = notificationSize(notification);
    const last = batches.at(-1);
    if (last && last.length < limits.publishBatch && bytes + size <= limits.notificationBytes) {
      last.push(notification);
      bytes += size;
    } else {
      batches.push([notification]);
      bytes = size;
    }
  }
  return batches;
};

export const assertNotificationAllowed = ({ message, attributes }: Notification): void => {
  const count = Object.keys(attributes).length;
  if (count > limits.messageAttributes)
    throw new CallRefusedError(`Expected at most ${limits.messageAttributes} message attributes, got ${count}.`);
  if (Object.values(attributes).includes(''))
    throw new CallRefusedError('Expected message attributes with a value, got an empty one: leave it out.');
  const bytes = notificationSize({ message, attributes });
  if (bytes > limits.notificationBytes)
    throw new CallRefusedError(
      `Expected a notification of at most ${limits.notificationBytes} bytes, attributes included, got ${bytes}.`,
    );
};
