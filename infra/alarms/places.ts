import { resources, subscriptionDeadLetterQueue } from '../../src/resources';
import type { Messaging } from '../messaging';
import type { EventBusSetting, StackSettings } from '../settings';
import { subscriberOf, warehouseName } from '../subscriber';
import type { WorkerService } from '../worker-service';
import type { AlarmPlaces } from './definition';

/** A partner's bus is named like its source. */
const partnerSourceOf = (bus: EventBusSetting): string | null => {
  if (bus.kind === 'partner') return bus.source;
  return bus.kind === 'existing' && bus.name.startsWith('aws.partner/') ? bus.name : null;
};

const subscribersOf = ({ stackName, subscribers, warehouse }: StackSettings): AlarmPlaces['subscribers'] =>
  [...subscribers.map((arn) => subscriberOf(arn).name), ...(warehouse ? [warehouseName] : [])].map((name) => ({
    name,
    queue: subscriptionDeadLetterQueue(stackName, name).name,
  }));

/** Names of queues as they are chosen, not by reference: an alarm needs nothing to be there first. */
export const alarmPlaces = (settings: StackSettings, { feed, enrichment, windowTable }: Messaging, worker: WorkerService) => {
  const { intakeQueue, deadLetterQueue, eventDeadLetterQueue } = resources(settings.stackName);
  return {
    intakeQueue: intakeQueue.name,
    deadLetterQueue: deadLetterQueue.name,
    eventDeadLetterQueue: eventDeadLetterQueue.name,
    subscribers: subscribersOf(settings),
    partnerSource: partnerSourceOf(settings.bus),
    bus: feed.bus.eventBusName,
    rules: feed.ruleNames,
    stateMachineArn: enrichment.stateMachine.stateMachineArn,
    table: windowTable.table.tableName,
    cluster: worker.cluster.clusterName,
    service: worker.service.serviceName,
    leastTasks: settings.leastTasks,
    silenceMinutes: settings.silenceMinutes,
  } satisfies AlarmPlaces;
};
