import { readMetrics } from '../../localstack/demo/worker-metrics';

const emf = (fields: object): string => JSON.stringify({ _aws: { Timestamp: 0, CloudWatchMetrics: [] }, ...fields });

test('counts are summed over all workers, lists of values included, log lines left alone', () => {
  const logs = [
    [emf({ EventsAdmitted: 3 }), '{"level":"info","message":"EventsAdmitted","EventsAdmitted":99}'].join('\n'),
    emf({ EventsAdmitted: [1, 2] }),
  ];
  expect(readMetrics(logs).total('EventsAdmitted')).toBe(6);
});

test('a count is split by a dimension', () => {
  const logs = [
    emf({ service: 'SQS', AwsRequests: 3 }),
    emf({ service: 'SNS', AwsRequests: 1 }),
    emf({ service: 'SQS', AwsRequests: 1 }),
  ];
  expect(readMetrics(logs).by('AwsRequests', 'service')).toEqual(
    new Map([
      ['SQS', 4],
      ['SNS', 1],
    ]),
  );
});
