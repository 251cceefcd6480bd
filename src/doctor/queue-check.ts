import type { QueueAttributes } from '../ports-doctor';
import type { QueueDefinition } from '../resources';
import { judge, tell, type Finding } from './finding';

const numberOf = (attributes: QueueAttributes, name: string): number => Number(attributes[name] ?? NaN);

const shown = (value: number, unit: string): string => (Number.isNaN(value) ? 'nothing' : `${value} ${unit}`);

interface Setting {
  readonly check: string;
  readonly attribute: string;
  readonly unit: string;
  readonly wanted: number;
  /** What comes of less. */
  readonly because: string;
}

const settingsOf = (wanted: QueueDefinition): readonly Setting[] => [
  {
    check: 'retention',
    attribute: 'MessageRetentionPeriod',
    unit: 's',
    wanted: wanted.retentionSeconds,
    because: 'what waits longer is lost',
  },
  {
    check: 'message size',
    attribute: 'MaximumMessageSize',
    unit: 'bytes',
    wanted: wanted.maximumMessageBytes,
    because: 'a larger message is refused before anybody has seen it',
  },
];

const atLeast = (attributes: QueueAttributes, { check, attribute, unit, wanted, because }: Setting): Finding => {
  const is = numberOf(attributes, attribute);
  return judge({
    check,
    expected: `${wanted} ${unit}, SQS's most`,
    actual: shown(is, unit),
    isRight: is >= wanted,
    otherwise: 'warn',
    todo: `Set ${attribute} to ${wanted}: ${because}.`,
  });
};

const encryptionOf = (attributes: QueueAttributes): string => {
  const key = attributes['KmsMasterKeyId'] ?? '';
  if (key !== '') return key;
  return attributes['SqsManagedSseEnabled'] === 'true' ? "SQS's own key" : 'none';
};

/** Its policy is AWS's and cannot be changed. */
const keyOfSqs = 'alias/aws/sqs';

const encryption = (attributes: QueueAttributes): Finding => {
  const actual = encryptionOf(attributes);
  if (actual.endsWith(keyOfSqs))
    return judge({
      check: 'encryption',
      expected: "SQS's own key (SSE-SQS), or a key of yours",
      actual,
      isRight: false,
      todo: 'Switch to SSE-SQS: EventBridge may not use that key, and delivers nothing.',
    });
  return judge({
    check: 'encryption',
    expected: "SQS's own key (SSE-SQS), or a key of yours that EventBridge and the workers may use",
    actual,
    isRight: actual !== 'none',
    otherwise: 'warn',
    todo: 'Set SqsManagedSseEnabled to true: messages are customer data.',
  });
};

const isFifo = (attributes: QueueAttributes): boolean =>
  attributes['FifoQueue'] === 'true' || (attributes['QueueArn'] ?? '').endsWith('.fifo');

/** What every queue of ours is held to. */
export const judgeQueue = (attributes: QueueAttributes, wanted: QueueDefinition): readonly Finding[] => [
  judge({
    check: 'kind',
    expected: 'a standard queue',
    actual: isFifo(attributes) ? 'a FIFO queue' : 'standard',
    isRight: !isFifo(attributes),
    todo: 'Make a standard queue and point rule and workers at it: a FIFO queue has no message ids that a rule could give.',
  }),
  ...settingsOf(wanted).map((setting) => atLeast(attributes, setting)),
  encryption(attributes),
];

/** Roughly, as SQS counts. */
export const waitingIn = (attributes: QueueAttributes): number => numberOf(attributes, 'ApproximateNumberOfMessages') || 0;

export const depth = (attributes: QueueAttributes): Finding =>
  tell(
    'depth',
    `about ${waitingIn(attributes)} waiting, ${numberOf(attributes, 'ApproximateNumberOfMessagesNotVisible') || 0} in hand`,
  );
