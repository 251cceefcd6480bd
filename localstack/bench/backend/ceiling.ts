import { perSecond } from '../figure';
import { generate } from '../generate/run';
import type { Reading } from '../reading';
import type { Bench } from '../subject';
import { setFlow, setWeather } from './control';
import { endlessFlow } from './flow';
import type { Backend } from './start';

/** What a worker sends most, each as full as it may be. */
const loads = {
  BatchWriteItem: { target: 'DynamoDB_20120810.BatchWriteItem', of: 25 },
  ReceiveMessage: { target: 'AmazonSQS.ReceiveMessage', of: 10 },
} as const;

type Load = keyof typeof loads;

export type Ceilings = Readonly<Record<Load, Reading>>;

const item = (number: number): object => ({
  pk: { S: 'C#00000000-0000-4000-8000-000000000000' },
  sk: { S: `E#0.0001772442027879.${String(number).padStart(16, '0')}.-.-#${'f'.repeat(64)}` },
  layout: { N: '1' },
  sentAt: { N: '1772442027879' },
  expiresAt: { N: '1780000000' },
  json: { S: 'x'.repeat(750) },
});

const bodies = {
  BatchWriteItem: JSON.stringify({
    RequestItems: {
      bench: Array.from({ length: loads.BatchWriteItem.of }, (_, number) => ({ PutRequest: { Item: item(number) } })),
    },
  }),
  ReceiveMessage: JSON.stringify({ QueueUrl: 'bench', MaxNumberOfMessages: loads.ReceiveMessage.of, WaitTimeSeconds: 20 }),
} as const satisfies Record<Load, string>;

/** What the backend itself takes, without a round trip. Forgets what it holds. */
export const measureCeilings = async ({ nursery, options }: Bench, backend: Backend): Promise<Ceilings> => {
  const measure = async (load: Load): Promise<Reading> => {
    await setWeather(backend.url, { rttMs: 0, failing: 0 });
    await setFlow(backend.url, endlessFlow);
    return generate(nursery, {
      url: backend.url,
      headers: { 'x-amz-target': loads[load].target, 'content-type': 'application/x-amz-json-1.0' },
      bodies: [bodies[load]],
      ownHeader: null,
      load: { kind: 'closed', connections: 20 },
      warmupSeconds: 1,
      seconds: Math.min(options.seconds, 3),
      watch: { subjectPid: backend.pid, backend: null },
    });
  };
  const ceilings = { BatchWriteItem: await measure('BatchWriteItem'), ReceiveMessage: await measure('ReceiveMessage') };
  await setWeather(backend.url, { rttMs: options.rttMs, failing: 0 });
  return ceilings;
};

const told = (what: string, reading: Reading, of: number): string => {
  const found = perSecond(reading);
  return found.kind === 'refused'
    ? `${what} refused (${found.why})`
    : `${Math.round(found.value * of).toLocaleString('en-US')} ${what}`;
};

export const ceilingsNote = ({ BatchWriteItem, ReceiveMessage }: Ceilings): string =>
  `ceiling of the backend by itself: ${told('items a second written in batches of 25', BatchWriteItem, loads.BatchWriteItem.of)}, ` +
  told('messages a second received in tens', ReceiveMessage, loads.ReceiveMessage.of);
