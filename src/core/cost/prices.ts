import { isObject } from '../json';

/** One price of a list: so many dollars for so many units. */
export interface Price {
  readonly usd: number;
  readonly per: number;
  /** Where it was read, and when that was written. */
  readonly source: string;
}

const million = 1_000_000;

/** What a unit of each price is. A price file names all of these and nothing else. */
export const priceUnits = {
  busEvent: 'event on the bus',
  archiveGb: 'GB into the archive',
  sqsRequest: 'SQS request',
  writeUnit: 'write request unit',
  readUnit: 'read request unit',
  storageGbMonth: 'GB-month in the table',
  recoveryGbMonth: 'GB-month of point-in-time recovery',
  publish: 'SNS publish',
  transition: 'state transition',
  lambdaRequest: 'Lambda request',
  lambdaGbSecond: 'Lambda GB-second',
  vcpuHour: 'Fargate vCPU-hour',
  memoryGbHour: 'Fargate GB-hour',
  logGb: 'GB of logs taken in',
  metricMonth: 'custom metric, a month',
} as const;

export type PriceName = keyof typeof priceUnits;
export type Prices = Readonly<Record<PriceName, Price>>;

export interface PriceList {
  readonly region: string;
  /** What the prices are as of, in words. */
  readonly asOf: string;
  readonly prices: Prices;
}

/**
 * US dollars, on demand, first tier, without free tiers. No price here was read from AWS on the day it was written down: compare with AWS's own pages
 * before anybody relies on a sum.
 */
export const exampleList: PriceList = {
  region: 'us-east-1',
  asOf: 'November 2026, from the sources named; not checked with AWS: do that first',
  prices: {
    busEvent: { usd: 1, per: million, source: 'cloudburn.io/blog/amazon-eventbridge-pricing, March 2026' },
    archiveGb: { usd: 0.1, per: 1, source: 'cloudburn.io/blog/amazon-eventbridge-pricing, March 2026' },
    sqsRequest: { usd: 0.4, per: million, source: 'cloudburn.io/blog/amazon-sqs-pricing, March 2026' },
    writeUnit: { usd: 0.625, per: million, source: 'airbyte.com/data-engineering-resources/dynamodb-pricing, July 2025' },
    readUnit: { usd: 0.125, per: million, source: 'airbyte.com/data-engineering-resources/dynamodb-pricing, July 2025' },
    storageGbMonth: { usd: 0.25, per: 1, source: 'aws.amazon.com/dynamodb/pricing, an undated copy' },
    recoveryGbMonth: { usd: 0.2, per: 1, source: 'from memory' },
    publish: { usd: 0.5, per: million, source: 'factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols, June 2026' },
    transition: { usd: 25, per: million, source: 'aws.amazon.com/step-functions/pricing, an undated copy' },
    lambdaRequest: { usd: 0.2, per: million, source: "AWS's whitepaper How AWS Pricing Works, an undated copy" },
    lambdaGbSecond: { usd: 0.0000166667, per: 1, source: "AWS's whitepaper How AWS Pricing Works, an undated copy" },
    vcpuHour: { usd: 0.04048, per: 1, source: 'wring.co/blog/aws-fargate-pricing-guide, March 2026' },
    memoryGbHour: { usd: 0.004445, per: 1, source: 'wring.co/blog/aws-fargate-pricing-guide, March 2026' },
    logGb: { usd: 0.5, per: 1, source: 'factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, 2026' },
    metricMonth: { usd: 0.3, per: 1, source: 'signoz.io/guides/cloudwatch-pricing, February 2026' },
  },
};

const names = Object.keys(priceUnits) as readonly PriceName[];
const isName = (name: string): name is PriceName => Object.hasOwn(priceUnits, name);

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60));

const priceProblems = (name: PriceName, value: unknown): readonly string[] => {
  if (value === undefined) return [`${name}: expected the price of one ${priceUnits[name]}, got none. Add it.`];
  if (!isObject(value)) return [`${name}: expected {"usd": …, "per": …}, got ${shown(value)}.`];
  const { usd, per } = value;
  return [
    ...(isAmount(usd) ? [] : [`${name}.usd: expected a number of dollars, 0 or more, got ${shown(usd)}.`]),
    ...(isAmount(per) && per > 0 ? [] : [`${name}.per: expected how many units that is for, above 0, got ${shown(per)}.`]),
  ];
};

export type PricesRead = { readonly list: PriceList } | { readonly problems: readonly string[] };

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' && value !== '' ? value : otherwise);

/** A list as a file holds it. Every problem at once: a price that is missing would be a sum that is too low. */
export const readPriceList = (value: unknown): PricesRead => {
  if (!isObject(value) || !isObject(value['prices'])) return { problems: ['Expected an object with `prices`, got none.'] };
  const given = value['prices'];
  const unknown = Object.keys(given).filter((name) => !isName(name));
  const problems = [
    ...names.flatMap((name) => priceProblems(name, given[name])),
    ...unknown.map((name) => `${name}: expected one of ${names.join(', ')}. Remove it.`),
  ];
  if (problems.length > 0) return { problems };
  const price = (name: PriceName): Price => {
    const { usd, per, source } = given[name] as { usd: number; per: number; source?: unknown };
    return { usd, per, source: textOf(source, 'not said') };
  };
  const prices = Object.fromEntries(names.map((name) => [name, price(name)])) as Prices;
  return { list: { region: textOf(value['region'], 'not said'), asOf: textOf(value['asOf'], 'not said'), prices } };
};
