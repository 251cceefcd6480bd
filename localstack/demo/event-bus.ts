import { PutEventsCommand, type EventBridgeClient, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { inBatches } from './batches';

/* The first part of the way that events have in production: onto the bus, where a rule sends them to the queue. */

/** EventBridge's limits for one call: ten entries, and 256 KiB of them together (AWS itself takes more since 2026). */
const limits = { items: 10, bytes: 262_144 };

/** What EventBridge writes itself: each time an event is put, it has a new id. */
const written = ['version', 'id', 'account', 'region', 'resources'];
const asked = ['detail-type', 'source', 'time', 'detail'];
const known = new Set([...written, ...asked]);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
};

/** As EventBridge counts: 14 bytes for the time, and the texts. */
const sizeOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

/** The entry that becomes this message; null: no event could become it, since a wrapper is around it, or it is none. */
export const entryOf = (body: string): PutEventsRequestEntry | null => {
  const event = parsed(body);
  if (!isObject(event) || !asked.every((name) => name in event) || !Object.keys(event).every((name) => known.has(name)))
    return null;
  const { 'detail-type': detailType, source, time, detail } = event;
  if (typeof detailType !== 'string' || typeof source !== 'string' || typeof time !== 'string' || !isObject(detail)) return null;
  const entry = { DetailType: detailType, Source: source, Time: new Date(time), Detail: JSON.stringify(detail) };
  return sizeOf(entry) > limits.bytes ? null : entry;
};

const putBatch = async (client: EventBridgeClient, entries: readonly PutEventsRequestEntry[]): Promise<void> => {
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
  const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused) throw new Error(`Expected the bus to take every event; it refused one: ${refused.ErrorMessage}`);
};

/** Puts one batch after the other. */
export const putEvents = async (
  client: EventBridgeClient,
  EventBusName: string,
  entries: readonly PutEventsRequestEntry[],
): Promise<void> => {
  const onBus = entries.map((entry) => ({ ...entry, EventBusName }));
  for (const batch of inBatches(onBus, sizeOf, limits)) await putBatch(client, batch);
};
