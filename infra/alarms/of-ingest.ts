import {
  type AlarmDefinition,
  type AlarmPlaces,
  fiveMinutes,
  inEach,
  minuteSeconds,
  type IngestPlaces,
  quarterHour,
  within,
} from './definition';
import { ofAws, orNone, ours, percent, watch, type Watched } from './series';

/*
 * The door over HTTP, where there is one. What is refused there is nowhere but with the sender: what keeps senders with good posts out
 * wakes a person; what one sender does wrong, or what costs nothing but a message twice, waits for the morning.
 */

const refused: AlarmDefinition = {
  id: 'breaker-sqs',
  section: 'Posts are refused',
  urgency: 'wake',
  means: 'The intake queue takes no posts, and senders are answered 503.',
  watched: watch(ours('BreakerOpen', 'Maximum', { dependency: 'sqs' })),
  of: 'sqs',
  ...{ is: '>=', threshold: 1, ...inEach(5, minuteSeconds), silence: 'ignore' },
};

/** The load balancer counts what it had to answer itself apart from what the tasks did. */
const failing = ({ loadBalancer: LoadBalancer }: IngestPlaces): Watched => {
  const failures = `${orNone('ours')} + ${orNone('itsOwn')}`;
  return {
    expression: `IF((${failures}) >= 10, ${percent(failures, `(${orNone('all')} + ${orNone('itsOwn')})`)}, 0)`,
    over: {
      ours: ofAws('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'Sum', { LoadBalancer }),
      itsOwn: ofAws('AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', 'Sum', { LoadBalancer }),
      all: ofAws('AWS/ApplicationELB', 'RequestCount', 'Sum', { LoadBalancer }),
    },
    words:
      'AWS/ApplicationELB `HTTPCode_Target_5XX_Count` + `HTTPCode_ELB_5XX_Count` over all requests, where ten or more failed',
  };
};

const door = (places: IngestPlaces, cluster: string): readonly AlarmDefinition[] => [
  {
    id: 'posts-fail',
    section: 'Posts are refused',
    urgency: 'wake',
    means: 'More than one post in twenty is answered 5xx.',
    watched: failing(places),
    ...{ is: '>', threshold: 5, unit: '%', ...inEach(3, fiveMinutes), silence: 'notBreaching' },
  },
  {
    id: 'nobody-takes-posts',
    section: 'Posts are refused',
    urgency: 'wake',
    means: 'The load balancer finds no task that answers: nobody takes posts.',
    // The most that any of its nodes sees: one zone without a task is no outage.
    watched: watch(
      ofAws('AWS/ApplicationELB', 'HealthyHostCount', 'Maximum', {
        LoadBalancer: places.loadBalancer,
        TargetGroup: places.targetGroup,
      }),
      ' of ingest',
    ),
    ...{ is: '<', threshold: 1, ...inEach(5, minuteSeconds), silence: 'breaching' },
  },
  {
    id: 'too-few-ingest-tasks',
    section: 'Posts are refused',
    urgency: 'day',
    means: 'Fewer tasks of ingest run than must; the others take the posts.',
    watched: watch(
      ofAws('ECS/ContainerInsights', 'RunningTaskCount', 'Minimum', { ClusterName: cluster, ServiceName: places.service }),
      ' of ingest',
    ),
    ...{ is: '<', threshold: places.leastTasks, ...inEach(3, fiveMinutes), silence: 'breaching' },
  },
];

const turnedAway = (id: string, status: '401' | '429', means: string): AlarmDefinition => ({
  ...{ id, means, section: 'Senders are turned away', urgency: 'day' },
  watched: watch(ours('PostsAnswered', 'Sum', { status })),
  of: status,
  ...{ is: '>=', threshold: 10, ...inEach(3, fiveMinutes), silence: 'notBreaching' },
});

/** Of senders that have proved themselves: strangers get no further than 401. */
const unfit = ['400', '413', '415', '422'] as const;

const senders: readonly AlarmDefinition[] = [
  turnedAway('posts-unauthenticated', '401', 'Somebody posts again and again without a secret that holds.'),
  turnedAway('posts-too-many', '429', 'A sender posts more than it may, minute after minute.'),
  {
    id: 'posts-unfit',
    section: 'Senders are turned away',
    urgency: 'day',
    means: 'A sender that may post posts what can never be taken: it is kept nowhere.',
    watched: {
      expression: unfit.map((status) => orNone(`status${status}`)).join(' + '),
      over: Object.fromEntries(unfit.map((status) => [`status${status}`, ours('PostsAnswered', 'Sum', { status })])),
      words: `\`PostsAnswered\` of ${unfit.map((status) => `\`${status}\``).join(', ')}`,
    },
    ...{ is: '>=', threshold: 1, ...within(quarterHour), silence: 'notBreaching' },
  },
  {
    id: 'post-keys-missed',
    section: 'Keys of posts are not kept',
    urgency: 'day',
    means: 'Posts are accepted whose idempotency keys cannot be looked up or kept.',
    watched: watch(ours('PostKeysMissed', 'Sum')),
    ...{ is: '>=', threshold: 10, ...inEach(3, fiveMinutes), silence: 'notBreaching' },
  },
];

export const ingestAlarms = ({ ingest, cluster }: AlarmPlaces): readonly AlarmDefinition[] =>
  ingest === null ? [] : [refused, ...door(ingest, cluster), ...senders];
