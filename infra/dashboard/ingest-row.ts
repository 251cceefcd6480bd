import type { IngestPlaces } from '../alarms/definition';
import { ofAws, ours } from '../alarms/series';
import { linesBy, type Row } from './row';

const statuses = ['200', '400', '401', '413', '415', '422', '429', '503'] as const;

/** The door over HTTP, where there is one. */
export const ingestRow = ({ loadBalancer: LoadBalancer, targetGroup: TargetGroup }: IngestPlaces): Row => ({
  title: 'Ingest over HTTP',
  sections: ['Posts are refused', 'Senders are turned away', 'Keys of posts are not kept'],
  graphs: [
    {
      title: 'Answers, by status',
      stacked: true,
      lines: linesBy(statuses, (status) => ours('PostsAnswered', 'Sum', { status })),
    },
    {
      title: 'From a post to its 200',
      lines: { p50: ours('PostDelay', 'p50'), p99: ours('PostDelay', 'p99') },
      right: { 'posts in one write': ours('PostsGathered', 'Average') },
    },
    {
      title: 'Tried again, and keys not kept',
      lines: { repeated: ours('PostsRepeated', 'Sum'), 'keys missed': ours('PostKeysMissed', 'Sum') },
    },
    {
      title: 'Is it there?',
      lines: {
        'tasks that answer': ofAws('AWS/ApplicationELB', 'HealthyHostCount', 'Maximum', { LoadBalancer, TargetGroup }),
        'queue away': ours('BreakerOpen', 'Maximum', { dependency: 'sqs' }),
      },
      right: {
        'answered 5xx by tasks': ofAws('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'Sum', { LoadBalancer }),
        'answered 5xx instead of them': ofAws('AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', 'Sum', { LoadBalancer }),
      },
    },
  ],
});
