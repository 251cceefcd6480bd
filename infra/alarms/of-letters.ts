import { type RejectionReason, rejectionReasons } from '../../src/core/rejection';
import {
  type AlarmDefinition,
  type AlarmPlaces,
  daySeconds,
  fiveMinutes,
  hourSeconds,
  inEach,
  quarterHour,
  within,
} from './definition';
import { ofAws, orNone, ours, percent, type Series, watch, type Watched } from './series';

/* What was refused, given up, or lies in a dead-letter queue. */

interface LetterQueue {
  readonly id: string;
  readonly queue: string;
  /** As a sentence ends with it. */
  readonly words: string;
  readonly of?: string;
  readonly section: string;
  readonly urgency: AlarmDefinition['urgency'];
  readonly means: string;
}

const queuesOf = ({ deadLetterQueue, eventDeadLetterQueue, subscribers }: AlarmPlaces): readonly LetterQueue[] => [
  {
    id: 'dead-letters',
    queue: deadLetterQueue,
    words: 'the dead-letter queue',
    section: 'Dead letters',
    urgency: 'day',
    means: 'Messages that can never succeed wait for a person.',
  },
  {
    id: 'event-dead-letters',
    queue: eventDeadLetterQueue,
    words: "the rule's dead-letter queue",
    section: 'EventBridge gave up',
    urgency: 'wake',
    means: 'EventBridge could not deliver events to the intake queue: they never reached us.',
  },
  ...subscribers.map(({ name, queue }) => ({
    id: `subscriber-${name}`,
    queue,
    words: "a subscription's dead-letter queue",
    of: name,
    section: 'A subscriber did not take records',
    urgency: 'day' as const,
    means: `SNS could not deliver records to the subscriber ${name}.`,
  })),
];

const visible = (QueueName: string, statistic: 'Maximum' | 'Minimum'): Series =>
  ofAws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', statistic, { QueueName });

/** SQS falls silent about a queue that nobody has touched for hours: what lies there still does. */
const depth = ({ queue, words, ...rest }: LetterQueue): AlarmDefinition => ({
  ...rest,
  watched: watch(visible(queue, 'Maximum'), ` of ${words}`),
  ...{ is: '>=', threshold: 1, ...within(fiveMinutes), silence: 'ignore' },
});

/**
 * Two, because SQS leaves a message that was received three times out of the age of the oldest, and looking at letters receives them:
 * one says how old they are, the other that there was always one for a week.
 */
const nearEnd = ({ id, queue, words, of }: LetterQueue): readonly AlarmDefinition[] => {
  const shared = {
    section: 'A dead letter is near its end',
    urgency: 'day',
    ...(of === undefined ? {} : { of }),
    silence: 'ignore',
  } as const;
  return [
    {
      ...shared,
      id: `old-${id}`,
      means: `A letter in ${words} is lost in four days at the latest.`,
      watched: watch(ofAws('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Maximum', { QueueName: queue }), ` of ${words}`),
      ...{ is: '>', threshold: 10 * daySeconds, unit: 's', ...within(hourSeconds) },
    },
    {
      ...shared,
      id: `week-old-${id}`,
      means: `For a week ${words} has never been empty; letters are lost after two.`,
      watched: watch(visible(queue, 'Minimum'), ` of ${words}`),
      ...{ is: '>=', threshold: 1, ...inEach(7, daySeconds) },
    },
  ];
};

const rejected = (reason: RejectionReason): AlarmDefinition => ({
  id: `rejected-${reason}`,
  section: 'Dead letters',
  urgency: 'day',
  means: `A message was set aside as ${reason}.`,
  watched: watch(ours('MessagesRejected', 'Sum', { reason })),
  of: reason,
  ...{ is: '>=', threshold: 1, ...within(fiveMinutes), silence: 'notBreaching' },
});

const failures = ['rejected', 'givenUp', 'parked'].map(orNone).join(' + ');
const share = percent(failures, 'received');
const errorSeries = {
  rejected: ours('MessagesRejected', 'Sum'),
  givenUp: ours('MessagesGivenUp', 'Sum'),
  parked: ours('WindowsParked', 'Sum'),
  received: ours('MessagesReceived', 'Sum'),
};
const errorWords = '`MessagesRejected` + `MessagesGivenUp` + `WindowsParked` over `MessagesReceived`';

const errorRate = (id: string, urgency: AlarmDefinition['urgency'], watched: Watched): AlarmDefinition => ({
  ...{ id, urgency, watched, section: 'Many errors' },
  means: 'More than one message in a thousand fails for good.',
  ...{ is: '>', threshold: 0.1, unit: '%', ...within(fiveMinutes), silence: 'notBreaching' },
});

/** Few messages make one of them many percent: that can wait. */
const errorRates: readonly AlarmDefinition[] = [
  errorRate('error-rate', 'day', { expression: share, over: errorSeries, words: errorWords }),
  errorRate('error-rate-high', 'wake', {
    expression: `IF((${failures}) >= 10, ${share}, 0)`,
    over: errorSeries,
    words: `${errorWords}, where ten or more failed`,
  }),
];

const repeating: readonly AlarmDefinition[] = [
  {
    id: 'message-failing',
    section: 'A message that comes again and again',
    urgency: 'day',
    means: 'A message was received ten times and is still not admitted.',
    watched: watch(ours('MessagesFailing', 'Sum')),
    ...{ is: '>=', threshold: 1, ...within(quarterHour), silence: 'notBreaching' },
  },
  {
    id: 'message-given-up',
    section: 'A message that comes again and again',
    urgency: 'day',
    means: 'A message was handed back for the last time: SQS moves it to the dead-letter queue by itself.',
    watched: watch(ours('MessagesGivenUp', 'Sum')),
    ...{ is: '>=', threshold: 1, ...within(fiveMinutes), silence: 'notBreaching' },
  },
];

/** Beyond its own dead-letter queue EventBridge has nowhere to put an event. */
const eventsLost = ({ bus, rules }: AlarmPlaces): AlarmDefinition => ({
  id: 'events-lost',
  section: 'EventBridge gave up',
  urgency: 'wake',
  means: 'EventBridge lost events: it could deliver them neither to the intake queue nor to its dead-letter queue.',
  watched: {
    expression: rules.map((_, index) => orNone(`rule${index}`)).join(' + '),
    over: Object.fromEntries(
      rules.map((RuleName, index) => [
        `rule${index}`,
        ofAws('AWS/Events', 'InvocationsFailedToBeSentToDlq', 'Sum', { EventBusName: bus, RuleName }),
      ]),
    ),
    words: 'AWS/Events `InvocationsFailedToBeSentToDlq` of the rule',
  },
  ...{ is: '>=', threshold: 1, ...within(fiveMinutes), silence: 'notBreaching' },
});

export const letterAlarms = (places: AlarmPlaces): readonly AlarmDefinition[] => [
  ...queuesOf(places).map(depth),
  eventsLost(places),
  ...rejectionReasons.map(rejected),
  ...queuesOf(places).flatMap(nearEnd),
  ...errorRates,
  ...repeating,
];
