import { queueArn, tableArn } from './iam-request';
import { resources } from '../../../src/resources';

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:';

/** What is put into the policies for an installation of this prefix. */
export const valuesOf = (prefix: string) => {
  const { intakeQueue, deadLetterQueue, eventDeadLetterQueue, table, topic, stateMachine } = resources(prefix);
  const machine = `${stateMachineArn}${stateMachine.name}`;
  return {
    StackArn: `arn:aws:cloudformation:us-east-1:000000000000:stack/${prefix}/*`,
    IntakeQueueArn: queueArn(intakeQueue.name),
    DeadLetterQueueArn: queueArn(deadLetterQueue.name),
    EventDeadLetterQueueArn: queueArn(eventDeadLetterQueue.name),
    SubscribedQueueArn: queueArn(`${prefix}-subscriber`),
    SubscriptionDeadLetterQueueArn: queueArn(`${prefix}-subscriber*-dead`),
    TableArn: tableArn(table.name),
    RecordTopicArn: `arn:aws:sns:us-east-1:000000000000:${topic.name}`,
    StateMachineArn: machine,
    ExecutionArn: `${machine.replace(':stateMachine:', ':execution:')}:*`,
  };
};

export const anInstallation = valuesOf('tidemark');
