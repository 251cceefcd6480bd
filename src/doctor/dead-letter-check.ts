import { isObject, textOrNull } from '../core/json';
import type { QueueAttributes } from '../ports-doctor';
import type { QueueDefinition } from '../resources';
import { judge, type Finding } from './finding';
import { judgeSenders } from './intake-check';
import { judgeQueue, waitingIn } from './queue-check';

const letters = (attributes: QueueAttributes, place: 'worker' | 'eventbridge'): Finding =>
  judge({
    check: 'letters',
    expected: 'none',
    actual: waitingIn(attributes) === 0 ? 'none' : `about ${waitingIn(attributes)}`,
    isRight: waitingIn(attributes) === 0,
    otherwise: 'warn',
    todo: `\`tidemark dead-letters groups --refresh\`, then \`dead-letters list --place ${place}\`: the runbook says what each reason takes.`,
  });

/** Which queues may have SQS move their messages here; without a policy any of the account may. */
const judgeSources = (attributes: QueueAttributes, intakeArn: string | null): Finding => {
  const text = attributes['RedriveAllowPolicy'];
  const policy: unknown = text === undefined || text === '' ? null : JSON.parse(text);
  const permission = isObject(policy) ? (textOrNull(policy['redrivePermission']) ?? 'none') : 'allowAll';
  const named = isObject(policy) && Array.isArray(policy['sourceQueueArns']) ? policy['sourceQueueArns'] : [];
  const isNamed = intakeArn === null || named.includes(intakeArn);
  return judge({
    check: 'who may redrive here',
    expected: 'the intake queue',
    actual: permission === 'byQueue' ? `by queue: ${named.map(String).join(', ')}` : permission,
    isRight: permission === 'allowAll' || (permission === 'byQueue' && isNamed),
    todo: 'Name the intake queue in its RedriveAllowPolicy: SQS cannot move there what was received too often, and it comes again for ever.',
  });
};

export const judgeDeadLetters = (
  attributes: QueueAttributes,
  wanted: QueueDefinition,
  intakeArn: string | null,
): readonly Finding[] => [...judgeQueue(attributes, wanted), judgeSources(attributes, intakeArn), letters(attributes, 'worker')];

export const judgeEventDeadLetters = (
  attributes: QueueAttributes,
  wanted: QueueDefinition,
  ruleArn: string | null,
): readonly Finding[] => [
  ...judgeQueue(attributes, wanted),
  judgeSenders(attributes, ruleArn),
  letters(attributes, 'eventbridge'),
];
