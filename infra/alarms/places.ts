import { resources, subscriptionDeadLetterQueue } from '../../src/resources';
import type { IngestService } from '../ingest/ingest-service';
import type { Messaging } from '../messaging';
import type { EventBusSetting, StackSettings } from '../settings';
import { subscriberOf, warehouseName } from '../subscriber';
import type { WorkerService } from '../worker-service';
import type { AlarmPlaces, IngestPlaces } from './definition';

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

export interface WatchedParts {
  readonly messaging: Messaging;
  readonly worker: WorkerService;
  /** Null: off. */
  readonly ingest: IngestService | null;
}

const ingestPlaces = ({ ingest: setting }: StackSettings, ingest: IngestService | null): IngestPlaces | null =>
  ingest === null || setting === null
    ? null
    : {
        loadBalancer: ingest.door.loadBalancer.loadBalancerFullName,
        targetGroup: ingest.door.targets.targetGroupFullName,
        service: ingest.service.serviceName,
        leastTasks: setting.leastTasks,
      };

/** Names of queues as they are chosen, not by reference: an alarm needs nothing to be there first. */
export const alarmPlaces = (settings: StackSettings, { messaging, worker, ingest }: WatchedParts) => {
  const { feed, enrichment, windowTable } = messaging;
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
    ingest: ingestPlaces(settings, ingest),
    silenceMinutes: settings.silenceMinutes,
  } satisfies AlarmPlaces;
};
