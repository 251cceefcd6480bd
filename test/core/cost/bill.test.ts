import {
  type Bill,
  billOfFunctionPerEnd,
  billOfFunctionPerEvent,
  billOfTidemark,
  busyVcpus,
  costOf,
  monthOf,
  totalOf,
} from '../../../src/core/cost/bill';
import { aPlan, aRun, pricesOf } from './samples';

const unitsOf = (lines: Bill['fixed']): Readonly<Record<string, number>> =>
  Object.fromEntries(lines.map(({ service, what, units }) => [`${service}: ${what}`, Number(units.toPrecision(9))]));

test('a million events take a thousand times what a thousand messages took', () => {
  expect(unitsOf(billOfTidemark(aRun, aPlan).perMillion)).toEqual({
    'EventBridge: events of the partner': 1_000_000,
    'EventBridge: into the archive': 1,
    'SQS: sent by EventBridge': 1_000_000,
    'SQS: received and deleted': 200_000,
    'DynamoDB: written to the table': 1_500_000,
    'DynamoDB: written to its index': 500_000,
    'DynamoDB: read': 1_000_000,
    // 100,000 conversations.
    'DynamoDB: windows moved again in real time': 2_100_000,
    'DynamoDB: and looked at again': 500_000,
    // 2 GB for 73 days, a month having 365 / 12 of them.
    'DynamoDB: kept for 73 days': 4.8,
    'DynamoDB: recovery of that': 4.8,
    'SNS: records': 110_000,
    'CloudWatch: log lines': 0.05,
    'Step Functions: 20 transitions an execution': 2_000_000,
  });
});

test('by the month there are the workers and what they do without traffic; the windows that are due are looked for once for all', () => {
  expect(unitsOf(billOfTidemark(aRun, aPlan).fixed)).toEqual({
    'Fargate: 3 × 0.5 vCPU': 1_095,
    'Fargate: 3 × 1 GB': 2_190,
    'SQS: long polls that find nothing': 438_000,
    'DynamoDB: heartbeats': 1_533_000,
    'DynamoDB: looking for windows that are due': 7_300_000,
    'CloudWatch: log lines at rest': 2.19,
    'CloudWatch: metrics': 50,
  });
});

test('a function on each event asks Genesys twice and starts an execution, each time', () => {
  const bill = billOfFunctionPerEvent(aRun, aPlan);
  expect(unitsOf(bill.perMillion)).toEqual({
    'EventBridge: events of the partner': 1_000_000,
    'EventBridge: into the archive': 1,
    'Lambda: invocations': 1_000_000,
    // 30 ms of an eighth of a GB each.
    'Lambda: 3 round trips of 10 ms, 128 MB': 3_750,
    'Step Functions: 20 transitions an execution': 20_000_000,
  });
  expect([bill.fixed, bill.genesysRequests]).toEqual([[], 2_000_000]);
});

test('a function on each end is run once for each conversation, and still pays for every event on the bus', () => {
  const bill = billOfFunctionPerEnd(aRun, aPlan);
  expect(unitsOf(bill.perMillion)).toMatchObject({
    'EventBridge: events of the partner': 1_000_000,
    'Lambda: invocations': 100_000,
    'Step Functions: 20 transitions an execution': 2_000_000,
  });
  expect(bill.genesysRequests).toBe(200_000);
});

test('Genesys is asked as often as it was measured', () => {
  expect(billOfTidemark(aRun, aPlan).genesysRequests).toBe(5_000);
});

test('a price is for as many units as it says', () => {
  const line = { service: 'SQS', what: 'requests', units: 5_000_000, price: 'sqsRequest' } as const;
  const prices = { ...pricesOf({}), sqsRequest: { usd: 0.4, per: 1_000_000, source: '' } };
  expect(costOf(line, prices)).toBe(2);
});

test('a month is its events and what is there in any case', () => {
  const nothing = Object.fromEntries(Object.keys(pricesOf({})).map((name) => [name, 0]));
  const prices = pricesOf({ ...nothing, busEvent: 0.000001, metricMonth: 0.3 });
  const bill = billOfTidemark(aRun, aPlan);
  expect(totalOf(bill.perMillion, prices)).toBeCloseTo(1);
  // Ten million events, and 50 metrics.
  expect(monthOf(bill, aPlan, prices)).toBeCloseTo(10 + 15);
  expect(monthOf(billOfFunctionPerEvent(aRun, aPlan), aPlan, prices)).toBeCloseTo(10);
});

test('how busy the workers are is their work over the month, and their rest', () => {
  // 0.5 ms for each of 2,628 million events in 2,628,000 s is half a core; three workers at rest, a hundredth each.
  expect(busyVcpus(aRun, { ...aPlan, eventsPerMonth: 2_628_000_000 })).toBeCloseTo(0.53);
});
