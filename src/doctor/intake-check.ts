import { isObject, textOrNull, type JsonObject } from '../core/json';
import type { QueueAttributes } from '../ports-doctor';
import type { IntakeQueueDefinition } from '../resources';
import { judge, type Finding } from './finding';
import { depth, judgeQueue } from './queue-check';
import { letsIn, sendersOf } from './queue-policy';

/** Fewer, and an outage of an hour dead-letters what was only in its way. */
const fewestReceives = 100;

const objectIn = (text: string | undefined): JsonObject | null => {
  const parsed: unknown = text === undefined || text === '' ? null : JSON.parse(text);
  return isObject(parsed) ? parsed : null;
};

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** SQS's last net: a message that kills its worker before it can say why. */
const judgeRedrive = (
  attributes: QueueAttributes,
  { maxReceiveCount: wanted }: IntakeQueueDefinition,
  deadLetterArn: string | null,
): readonly Finding[] => {
  const policy = objectIn(attributes['RedrivePolicy']);
  const target = textOrNull(policy?.['deadLetterTargetArn']) ?? '';
  const receives = Number(policy?.['maxReceiveCount'] ?? NaN);
  const set = 'Set its RedrivePolicy as src/resources.ts has it.';
  const to = judge({
    check: 'redrive',
    expected: `to the dead-letter queue of the workers${deadLetterArn === null ? '' : `, ${nameIn(deadLetterArn)}`}`,
    actual: policy === null ? 'no redrive policy' : `to ${nameIn(target)}`,
    isRight: policy !== null && (deadLetterArn === null || target === deadLetterArn),
    todo: `${set} A message that kills its worker comes again for ever without one; among other letters nobody looks for it.`,
  });
  if (policy === null) return [to];
  const after = judge({
    check: 'receives before it',
    expected: String(wanted),
    actual: String(receives),
    isRight: receives === wanted,
    otherwise: receives < fewestReceives ? 'wrong' : 'warn',
    todo: `${set} With fewer receives an outage moves good messages to the dead letters.`,
  });
  return [to, after];
};

const judgeVisibility = (attributes: QueueAttributes, wanted: IntakeQueueDefinition): readonly Finding[] =>
  (
    [
      ['visibility', 'VisibilityTimeout', wanted.visibilitySeconds],
      ['long poll', 'ReceiveMessageWaitTimeSeconds', wanted.receiveWaitSeconds],
    ] as const
  ).map(([check, attribute, seconds]) =>
    judge({
      check,
      expected: `${seconds} s`,
      actual: `${attributes[attribute] ?? 'nothing'} s`,
      isRight: Number(attributes[attribute]) === seconds,
      otherwise: 'warn',
      todo: `Set ${attribute} to ${seconds}. Workers ask for their own (VISIBILITY_SECONDS, WAIT_TIME_SECONDS); others that receive do not.`,
    }),
  );

/** That EventBridge may send. `ruleArn` null: nobody knows the rule. */
export const judgeSenders = (attributes: QueueAttributes, ruleArn: string | null): Finding => {
  const senders = sendersOf(attributes['Policy']);
  const { rules, isOpenToAll } = senders;
  const actual = isOpenToAll ? 'any rule of anybody may send' : rules.length === 0 ? 'EventBridge may not' : rules.join(', ');
  const expected = `the policy lets events.amazonaws.com send for ${ruleArn ?? 'the rule that takes events of Genesys'} alone`;
  const mayCome = ruleArn === null ? rules.length > 0 : letsIn(senders, ruleArn);
  return judge({
    check: 'who may send',
    expected,
    actual,
    isRight: mayCome && !isOpenToAll,
    otherwise: mayCome || ruleArn === null || isOpenToAll ? 'warn' : 'wrong',
    todo: isOpenToAll
      ? 'Add a condition on aws:SourceArn to its policy: any account could have its rules send here.'
      : 'Add a statement for events.amazonaws.com to its policy, with the rule as aws:SourceArn: until then EventBridge delivers nothing.',
  });
};

interface AroundIntake {
  readonly wanted: IntakeQueueDefinition;
  /** Of DEAD_LETTER_QUEUE_URL; null where it is not known. */
  readonly deadLetterArn: string | null;
  readonly ruleArn: string | null;
}

export const judgeIntake = (attributes: QueueAttributes, around: AroundIntake): readonly Finding[] => [
  ...judgeQueue(attributes, around.wanted),
  ...judgeRedrive(attributes, around.wanted, around.deadLetterArn),
  ...judgeVisibility(attributes, around.wanted),
  judgeSenders(attributes, around.ruleArn),
  depth(attributes),
];
