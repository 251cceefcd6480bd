import type { DescribedSubscription, DescribedTopic } from '../ports-doctor';
import { judge, tell, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

const judgeSubscription = ({ protocol, endpoint, isConfirmed, hasDeadLetterQueue }: DescribedSubscription): Finding => {
  const check = `subscription ${protocol} ${endpoint.slice(endpoint.lastIndexOf(':') + 1)}`;
  if (!isConfirmed)
    return judge({
      check,
      expected: 'confirmed',
      actual: 'waits to be confirmed',
      isRight: false,
      otherwise: 'warn',
      todo: 'Confirm it where it leads, or remove it: nothing is delivered to it.',
    });
  return judge({
    check,
    expected: 'a dead-letter queue of its own',
    actual: hasDeadLetterQueue ? 'has one' : 'none',
    isRight: hasDeadLetterQueue,
    todo: 'Give the subscription a RedrivePolicy: what SNS cannot deliver to it is lost.',
  });
};

export const judgeTopic = (
  topic: Seen<DescribedTopic>,
  subscriptions: Seen<readonly DescribedSubscription[]>,
): readonly Finding[] => {
  const thing = {
    check: 'topic',
    expected: 'a standard topic',
    todo: 'Deploy the stack, or correct RECORD_TOPIC_ARN: records cannot be published.',
  };
  return ifSeen(topic, thing, ({ isFifo }) => [
    judge({
      check: 'kind',
      expected: 'a standard topic',
      actual: isFifo ? 'a FIFO topic' : 'standard',
      isRight: !isFifo,
      todo: 'Publish to a standard topic: a FIFO topic wants a group id that workers do not send.',
    }),
    ...ifSeen(subscriptions, { check: 'subscriptions', expected: 'a list of them', todo: 'Correct RECORD_TOPIC_ARN.' }, (all) =>
      all.length === 0 ? [tell('subscriptions', 'none: nobody is sent records')] : all.map(judgeSubscription),
    ),
  ]);
};
