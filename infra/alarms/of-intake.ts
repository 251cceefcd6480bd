import { type AlarmDefinition, type AlarmPlaces, fiveMinutes, inEach, minuteSeconds } from './definition';
import { ofAws, orNone, ours, unlessPaused, watch, type Watched } from './series';

/* Whether events come, somebody takes them, and fast enough. */

const delivered = ({ partnerSource, bus, rules }: AlarmPlaces): Watched => {
  if (partnerSource !== null)
    return watch(ofAws('AWS/Events', 'Events', 'Sum', { EventSourceName: partnerSource }), ' of the partner event source');
  const matched = rules.map((RuleName) => ofAws('AWS/Events', 'MatchedEvents', 'Sum', { EventBusName: bus, RuleName }));
  return {
    expression: matched.map((_, index) => orNone(`rule${index}`)).join(' + '),
    over: Object.fromEntries(matched.map((series, index) => [`rule${index}`, series])),
    words: 'AWS/Events `MatchedEvents` of the rule',
  };
};

const silence = (places: AlarmPlaces): readonly AlarmDefinition[] => {
  const shared = {
    section: 'Silence',
    urgency: 'wake',
    is: '<',
    threshold: 1,
    silence: 'breaching',
    ...inEach(places.silenceMinutes, minuteSeconds),
  } as const;
  return [
    {
      ...shared,
      id: 'silence',
      means: 'No message was received: none was sent, or nobody receives.',
      watched: unlessPaused('intake', ours('MessagesReceived', 'Sum'), 1),
    },
    {
      ...shared,
      id: 'source-silent',
      means: 'EventBridge got no event: the event source is pending, expired or disabled, or Genesys sends nothing.',
      watched: delivered(places),
    },
  ];
};

const receivers = ({ cluster, service, leastTasks }: AlarmPlaces): readonly AlarmDefinition[] => [
  {
    id: 'nobody-receives',
    section: 'Nobody receives',
    urgency: 'wake',
    means: 'No receive of the queue has succeeded: no worker runs, or none may or can receive.',
    watched: unlessPaused('intake', ours('PollsSucceeded', 'Sum'), 1),
    ...{ is: '<', threshold: 1, ...inEach(5, minuteSeconds), silence: 'breaching' },
  },
  {
    id: 'too-few-tasks',
    section: 'Nobody receives',
    urgency: 'wake',
    means: 'Fewer tasks run than must: they do not start, or fall as soon as they have.',
    watched: watch(
      ofAws('ECS/ContainerInsights', 'RunningTaskCount', 'Minimum', { ClusterName: cluster, ServiceName: service }),
      ' of the service',
    ),
    ...{ is: '<', threshold: leastTasks, ...inEach(3, fiveMinutes), silence: 'breaching' },
  },
];

const queue = ({ intakeQueue: QueueName }: AlarmPlaces): readonly AlarmDefinition[] => {
  const shared = {
    section: 'The queue grows',
    urgency: 'wake',
    is: '>',
    silence: 'ignore',
    ...inEach(10, minuteSeconds),
  } as const;
  const of = ' of the intake queue';
  return [
    {
      ...shared,
      id: 'queue-old',
      means: 'The oldest message has waited for ten minutes.',
      watched: watch(ofAws('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Maximum', { QueueName }), of),
      ...{ threshold: 600, unit: 's' },
    },
    {
      ...shared,
      id: 'queue-long',
      means: 'More than 10,000 messages wait.',
      watched: watch(ofAws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum', { QueueName }), of),
      threshold: 10_000,
    },
  ];
};

const admitting: readonly AlarmDefinition[] = [
  {
    id: 'intake-slow',
    section: 'Messages are admitted late',
    urgency: 'day',
    means: 'One message in a hundred waits for more than a minute before it is in the table.',
    watched: watch(ours('IngestionDelay', 'p99')),
    ...{ is: '>', threshold: 60_000, unit: 'ms', ...inEach(15, minuteSeconds), silence: 'notBreaching' },
  },
  {
    id: 'intake-stuck',
    section: 'Messages are admitted late',
    urgency: 'wake',
    means: 'Messages are received, and none is done with.',
    watched: {
      expression: 'IF(received > 0, deleted, 1)',
      over: { received: ours('MessagesReceived', 'Sum'), deleted: ours('MessagesDeleted', 'Sum') },
      words: '`MessagesDeleted`, while `MessagesReceived` is not 0',
    },
    ...{ is: '<', threshold: 1, ...inEach(10, minuteSeconds), silence: 'ignore' },
  },
];

export const intakeAlarms = (places: AlarmPlaces): readonly AlarmDefinition[] => [
  ...silence(places),
  ...receivers(places),
  ...queue(places),
  ...admitting,
];
