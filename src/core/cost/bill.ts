import type { MeasuredRun, Taken } from './measured';
import type { PriceName, Prices } from './prices';

/*
 * What events cost: units that were measured, times prices that are listed. What a million events take is counted by the event, what is there
 * whether any come or not by the month:
 *
 *     a month = events × (units of the run ÷ its messages) × price  +  workers × (size × hours + what they take idle) × price
 */

export interface Plan {
  readonly eventsPerMonth: number;
  readonly workers: number;
  readonly taskVcpus: number;
  readonly taskMemoryGb: number;
  readonly retentionDays: number;
  /** States that one execution enters. */
  readonly transitions: number;
  /** Of a function that is run for each event: the least there is, unless told otherwise. */
  readonly lambdaMemoryMb: number;
}

export interface Line {
  readonly service: string;
  readonly what: string;
  readonly units: number;
  readonly price: PriceName;
}

export interface Bill {
  readonly name: string;
  /** By the million events. */
  readonly perMillion: readonly Line[];
  /** By the month, whatever comes. */
  readonly fixed: readonly Line[];
  /** Priced by nobody, but short: requests to Genesys for a million events. */
  readonly genesysRequests: number;
}

const million = 1_000_000;
export const hoursOfMonth = 730;
export const daysOfMonth = hoursOfMonth / 24;
const secondsOfHour = 3_600;
const bytesOfGb = 1e9;

const onBus = ({ messageBytes }: MeasuredRun): readonly Line[] => [
  { service: 'EventBridge', what: 'events of the partner', units: million, price: 'busEvent' },
  { service: 'EventBridge', what: 'into the archive', units: (million * messageBytes) / bytesOfGb, price: 'archiveGb' },
];

const perMillionOf = (run: MeasuredRun, { retentionDays, transitions }: Plan): readonly Line[] => {
  const scaled = (name: keyof Taken): number => (run.taken[name] * million) / run.messages;
  const again = (units: number): number => (units * run.conversations * million) / run.messages;
  const storedGbMonths = ((million * run.storedBytes) / bytesOfGb) * (retentionDays / daysOfMonth);
  return [
    ...onBus(run),
    // Each by itself, and the queue's owner pays: EventBridge knows no batches.
    { service: 'SQS', what: 'sent by EventBridge', units: million, price: 'sqsRequest' },
    { service: 'SQS', what: 'received and deleted', units: scaled('sqsRequests'), price: 'sqsRequest' },
    { service: 'DynamoDB', what: 'written to the table', units: scaled('tableWriteUnits'), price: 'writeUnit' },
    { service: 'DynamoDB', what: 'written to its index', units: scaled('indexWriteUnits'), price: 'writeUnit' },
    { service: 'DynamoDB', what: 'read', units: scaled('readUnits'), price: 'readUnit' },
    {
      service: 'DynamoDB',
      what: 'windows moved again in real time',
      units: again(run.again.tableWriteUnits + run.again.indexWriteUnits),
      price: 'writeUnit',
    },
    { service: 'DynamoDB', what: 'and looked at again', units: again(run.again.readUnits), price: 'readUnit' },
    { service: 'DynamoDB', what: `kept for ${retentionDays} days`, units: storedGbMonths, price: 'storageGbMonth' },
    { service: 'DynamoDB', what: 'recovery of that', units: storedGbMonths, price: 'recoveryGbMonth' },
    { service: 'SNS', what: 'records', units: scaled('publishes'), price: 'publish' },
    { service: 'CloudWatch', what: 'log lines', units: scaled('logBytes') / bytesOfGb, price: 'logGb' },
    {
      service: 'Step Functions',
      what: `${transitions} transitions an execution`,
      units: scaled('executions') * transitions,
      price: 'transition',
    },
  ];
};

const fixedOf = ({ idleHour, metrics }: MeasuredRun, { workers, taskVcpus, taskMemoryGb }: Plan): readonly Line[] => {
  const hours = workers * hoursOfMonth;
  return [
    { service: 'Fargate', what: `${workers} × ${taskVcpus} vCPU`, units: hours * taskVcpus, price: 'vcpuHour' },
    { service: 'Fargate', what: `${workers} × ${taskMemoryGb} GB`, units: hours * taskMemoryGb, price: 'memoryGbHour' },
    { service: 'SQS', what: 'long polls that find nothing', units: hours * idleHour.sqsRequests, price: 'sqsRequest' },
    {
      service: 'DynamoDB',
      what: 'heartbeats',
      units: hours * (idleHour.tableWriteUnits + idleHour.indexWriteUnits),
      price: 'writeUnit',
    },
    // Of the whole fleet: its workers share the shards that are looked at.
    {
      service: 'DynamoDB',
      what: 'looking for windows that are due',
      units: hoursOfMonth * idleHour.readUnits,
      price: 'readUnit',
    },
    { service: 'CloudWatch', what: 'log lines at rest', units: (hours * idleHour.logBytes) / bytesOfGb, price: 'logGb' },
    { service: 'CloudWatch', what: 'metrics', units: metrics, price: 'metricMonth' },
  ];
};

export const billOfTidemark = (run: MeasuredRun, plan: Plan): Bill => ({
  name: 'Tidemark',
  perMillion: perMillionOf(run, plan),
  fixed: fixedOf(run, plan),
  genesysRequests: (run.taken.genesysRequests * million) / run.messages,
});

/** What each invocation asks for, one after the other: a token, the details, an execution. */
const callsPerInvocation = 3;
const genesysCallsPerInvocation = 2;

/**
 * A function on the bus instead: each event that it is run for asks Genesys for a token and for the details, and starts an execution. In its favour
 * it lasts no longer than its round trips, logs nothing and is never tried again.
 */
const billOfFunction = (name: string, runs: number, run: MeasuredRun, { transitions, lambdaMemoryMb }: Plan): Bill => ({
  name,
  perMillion: [
    ...onBus(run),
    { service: 'Lambda', what: 'invocations', units: runs, price: 'lambdaRequest' },
    {
      service: 'Lambda',
      what: `${callsPerInvocation} round trips of ${run.rttMs} ms, ${lambdaMemoryMb} MB`,
      units: (runs * callsPerInvocation * run.rttMs * lambdaMemoryMb) / 1_000 / 1_024,
      price: 'lambdaGbSecond',
    },
    {
      service: 'Step Functions',
      what: `${transitions} transitions an execution`,
      units: runs * transitions,
      price: 'transition',
    },
  ],
  fixed: [],
  genesysRequests: runs * genesysCallsPerInvocation,
});

export const billOfFunctionPerEvent = (run: MeasuredRun, plan: Plan): Bill =>
  billOfFunction('a function per event', million, run, plan);

/** As if an event came that says the conversation is over; Genesys sends none. */
export const billOfFunctionPerEnd = (run: MeasuredRun, plan: Plan): Bill =>
  billOfFunction('a function per end', (million * run.conversations) / run.messages, run, plan);

export const costOf = ({ units, price }: Line, prices: Prices): number => (units * prices[price].usd) / prices[price].per;

export const totalOf = (lines: readonly Line[], prices: Prices): number =>
  lines.reduce((sum, line) => sum + costOf(line, prices), 0);

export const monthOf = ({ perMillion, fixed }: Bill, { eventsPerMonth }: Plan, prices: Prices): number =>
  (totalOf(perMillion, prices) * eventsPerMonth) / million + totalOf(fixed, prices);

/** vCPUs that are busy at every moment, on average, with so many events a month: the workers must have more. */
export const busyVcpus = ({ taken, messages, idleHour }: MeasuredRun, { eventsPerMonth, workers }: Plan): number =>
  ((taken.cpuSeconds / messages) * eventsPerMonth) / (hoursOfMonth * secondsOfHour) +
  (workers * idleHour.cpuSeconds) / secondsOfHour;
