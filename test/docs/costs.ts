/*
 * What a million events cost, and what an installation costs that has nothing to do: units that were measured, prices that are listed. The page shows
 * each product, so that whoever has other figures can put them in.
 */

/** US dollars, without free tiers. From memory of AWS's public price lists: to be checked before anybody relies on them. */
const pricedIn = 'us-east-1, November 2026';

const million = 1_000_000;
const hoursOfMonth = 730;
const secondsOfMonth = hoursOfMonth * 3_600;

interface Price {
  readonly usd: number;
  /** How many units that is for. */
  readonly per: number;
  readonly unit: string;
}
const perMillion = (unit: string, usd: number): Price => ({ usd, per: million, unit });
const each = (unit: string, usd: number): Price => ({ usd, per: 1, unit });

const prices = {
  busEvent: perMillion('events', 1),
  archive: each('GB', 0.1),
  sqs: perMillion('requests', 0.4),
  write: perMillion('write units', 0.625),
  read: perMillion('read units', 0.125),
  storage: each('GB-month', 0.25),
  recovery: each('GB-month', 0.2),
  transition: perMillion('state transitions', 25),
  publish: perMillion('publishes', 0.5),
  logs: each('GB', 0.5),
  metric: each('metrics', 0.3),
  alarm: each('alarms', 0.1),
  dashboard: each('dashboards', 3),
  secret: each('secrets', 0.4),
  vcpu: each('vCPU-hours', 0.04048),
  memory: each('GB-hours', 0.004445),
  nat: each('gateway-hours', 0.045),
  endpoint: each('endpoint-hours', 0.01),
  balancer: each('balancer-hours', 0.0225),
  balancerUnit: each('capacity-unit-hours', 0.008),
} as const satisfies Readonly<Record<string, Price>>;

/**
 * What the worker asked of stand-ins with production's settings, less what an idle one does: 2,572 events of 206 conversations in two and a half
 * minutes, two workers. Sizes are those of items in the table.
 */
const measured = {
  eventsPerConversation: 12.5,
  /** A bad day's: late events and reopened conversations make further ones. */
  revisionsPerConversation: 1.15,
  eventKb: 1.43,
  /** Compressed: on 13,442 generated events 1.83 before, 1.00 since. */
  writesPerEvent: 1,
  writesPerRecord: 3.15,
  headUpdatesPerRevision: 11,
  /** In the table one; in the index, where most of them move a window, one to take it away and one to put it. */
  writesPerHeadUpdate: 3,
  writesPerExecution: 4,
  readsPerEvent: 1,
  readsPerRevision: 9,
  sqsRequestsPerEvent: 1.4,
  logKbPerEvent: 0.14,
  conversationKb: 12.4,
  retentionMonths: 100 / 30,
} as const;

/** States that one execution enters, without retries: test/infra/transitions.test.ts counts them. */
export const transitions = [
  { steps: ['fetch_crm_contact', 'analyze_sentiment', 'update_ticket_system'], hasTranscript: true, count: 24 },
  { steps: ['fetch_crm_contact', 'analyze_sentiment', 'update_ticket_system'], hasTranscript: false, count: 20 },
  { steps: ['fetch_crm_contact', 'update_ticket_system'], hasTranscript: false, count: 18 },
  { steps: ['update_ticket_system'], hasTranscript: false, count: 12 },
  { steps: ['analyze_sentiment'], hasTranscript: true, count: 11 },
  { steps: ['analyze_sentiment'], hasTranscript: false, count: 7 },
] as const;
const usualTransitions = transitions[1].count;

interface Line {
  readonly what: string;
  readonly units: number;
  readonly price: Price;
}

const events = million;
const conversations = events / measured.eventsPerConversation;
const revisions = conversations * measured.revisionsPerConversation;
const kbPerGb = million;
const storedGb = (conversations * measured.conversationKb) / kbPerGb;

const perMillionEvents: readonly Line[] = [
  { what: 'EventBridge: partner events', units: events, price: prices.busEvent },
  { what: 'EventBridge: into the archive', units: (events * measured.eventKb) / kbPerGb, price: prices.archive },
  { what: 'SQS: sent, received and deleted, in batches', units: events * measured.sqsRequestsPerEvent, price: prices.sqs },
  { what: 'DynamoDB: events written', units: events * measured.writesPerEvent, price: prices.write },
  {
    what: 'DynamoDB: windows moved, index included',
    units: revisions * measured.headUpdatesPerRevision * measured.writesPerHeadUpdate,
    price: prices.write,
  },
  { what: 'DynamoDB: records written', units: revisions * measured.writesPerRecord, price: prices.write },
  { what: "DynamoDB: the workflow's guard", units: revisions * measured.writesPerExecution, price: prices.write },
  {
    what: 'DynamoDB: heads and windows read',
    units: events * measured.readsPerEvent + revisions * measured.readsPerRevision,
    price: prices.read,
  },
  { what: 'DynamoDB: kept for 100 days', units: storedGb * measured.retentionMonths, price: prices.storage },
  { what: 'DynamoDB: point-in-time recovery of that', units: storedGb * measured.retentionMonths, price: prices.recovery },
  { what: 'SNS: records', units: revisions, price: prices.publish },
  { what: 'CloudWatch: log lines and metrics lines', units: (events * measured.logKbPerEvent) / kbPerGb, price: prices.logs },
  {
    what: `Step Functions: ${usualTransitions} transitions a revision`,
    units: revisions * usualTransitions,
    price: prices.transition,
  },
];

/** Default settings, so two tasks; 7 endpoints in two zones. */
const tasks = 2;
const zones = 2;
const interfaceEndpoints = 7;
/** 16 shards in both clocks, every second; half a unit each. */
const timerReadsPerSecond = 35 / 2;

const perMonth: readonly Line[] = [
  { what: 'Fargate: two tasks of half a core', units: tasks * 0.5 * hoursOfMonth, price: prices.vcpu },
  { what: 'Fargate: and 1 GB each', units: tasks * hoursOfMonth, price: prices.memory },
  { what: 'network: interface endpoints in two zones', units: interfaceEndpoints * zones * hoursOfMonth, price: prices.endpoint },
  { what: 'network: a NAT gateway', units: hoursOfMonth, price: prices.nat },
  { what: 'DynamoDB: looking for windows that are due', units: timerReadsPerSecond * secondsOfMonth, price: prices.read },
  { what: 'DynamoDB: heartbeats', units: tasks * 0.2 * secondsOfMonth, price: prices.write },
  { what: 'SQS: long polls that find nothing', units: tasks * 0.1 * secondsOfMonth, price: prices.sqs },
  { what: 'CloudWatch: metrics of the workers', units: 105, price: prices.metric },
  { what: 'CloudWatch: Container Insights, about', units: 25, price: prices.metric },
  { what: 'CloudWatch: their lines at rest', units: tasks * 0.56, price: prices.logs },
  { what: 'CloudWatch: 48 alarms, paid for by the metrics that they look at', units: 66, price: prices.alarm },
  { what: 'CloudWatch: the dashboard', units: 1, price: prices.dashboard },
  { what: 'Secrets Manager', units: 1, price: prices.secret },
];

const ingestPerMonth: readonly Line[] = [
  { what: 'Elastic Load Balancing', units: hoursOfMonth, price: prices.balancer },
  {
    what: 'Elastic Load Balancing: one unit of capacity, 25 new connections a second',
    units: hoursOfMonth,
    price: prices.balancerUnit,
  },
  { what: 'Fargate: two tasks of half a core', units: tasks * 0.5 * hoursOfMonth, price: prices.vcpu },
  { what: 'Fargate: and 1 GB each', units: tasks * hoursOfMonth, price: prices.memory },
  { what: 'CloudWatch: metrics of ingest', units: 15, price: prices.metric },
  { what: 'CloudWatch: 8 alarms, paid for by the metrics that they look at', units: 13, price: prices.alarm },
  { what: 'Secrets Manager', units: 1, price: prices.secret },
];

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
const usd = (value: number): string => value.toFixed(2);
const costOf = ({ units, price }: Line): number => (units * price.usd) / price.per;
const priceText = ({ usd: amount, per, unit }: Price): string =>
  `${amount} per ${per === 1 ? '' : 'million '}${unit.replace(/s$/, per === 1 ? '' : 's')}`;

const costTable = (lines: readonly Line[]): string =>
  [
    '| | units | USD | together, USD |',
    '|---|---|---|---|',
    ...lines.map((line) => `| ${line.what} | ${number(line.units)} | ${priceText(line.price)} | ${usd(costOf(line))} |`),
    `| **together** | | | **${usd(lines.reduce((total, line) => total + costOf(line), 0))}** |`,
  ].join('\n');

const workflowTable = (): string =>
  [
    '| steps | transcript | transitions | USD per million events |',
    '|---|---|---|---|',
    ...transitions.map(({ steps, hasTranscript, count }) => {
      const cost = costOf({ what: '', units: revisions * count, price: prices.transition });
      return `| ${steps.map((step) => `\`${step}\``).join(', ')} | ${hasTranscript ? 'yes' : 'no'} | ${count} | ${usd(cost)} |`;
    }),
  ].join('\n');

const assumptions = (): string =>
  `${number(events)} events are ${number(conversations)} conversations of ${measured.eventsPerConversation} events, with ${number(revisions)} final revisions; prices of ${pricedIn}.`;

export const costBlocks: Readonly<Record<string, () => string>> = {
  'cost-per-million': () => `${assumptions()}\n\n${costTable(perMillionEvents)}`,
  'cost-of-workflow': workflowTable,
  'cost-per-month': () => costTable(perMonth),
  'cost-of-ingest': () => costTable(ingestPerMonth),
};
