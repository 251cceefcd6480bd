import { queueArn, tableArn } from './iam-request';
import { resources } from '../../../src/resources';

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:';

/** Of Genesys, and the bus of its name. */
export const partnerBus = (prefix: string): string =>
  `aws.partner/genesys.com/cloud/00000000-0000-0000-0000-000000000000/${prefix}`;
export const workerRoleArn = (prefix: string): string => `arn:aws:iam::000000000000:role/${prefix}-worker`;

/** What is put into the policies for an installation of this prefix. */
export const valuesOf = (prefix: string) => {
  const { intakeQueue, deadLetterQueue, eventDeadLetterQueue, table, topic, stateMachine } = resources(prefix);
  const machine = `${stateMachineArn}${stateMachine.name}`;
  const bus = partnerBus(prefix);
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
    EventBusArn: `arn:aws:events:us-east-1:000000000000:event-bus/${bus}`,
    RuleArn: `arn:aws:events:us-east-1:000000000000:rule/${bus}/${prefix}-feed*`,
    EventSourceArn: `arn:aws:events:us-east-1::event-source/${bus}`,
    WorkerRoleArn: workerRoleArn(prefix),
    ExecutionArn: `${machine.replace(':stateMachine:', ':execution:')}:*`,
  };
};

export const anInstallation = valuesOf('tidemark');
