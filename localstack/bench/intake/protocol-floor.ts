import { readTold, type Told } from './conversation';
import { heads } from './heads';
import { type Item, writer } from './items';
import type { Contender } from './place';
import { deleter, type Message, poll } from './queue';

/** With its key and the rest an item of one write unit, as Tidemark's are: it compresses those that would be more. */
const textLength = 700;

type Read = Told & { readonly message: Message };

const itemsOf = ({ conversationId, events, message }: Read, nowMs: number): readonly Item[] =>
  Array.from({ length: events }, (_, index) => ({
    pk: { S: `C#${conversationId}` },
    sk: { S: `E#0.${String(nowMs).padStart(16, '0')}.${String(index).padStart(16, '0')}.-.-#${message.id}` },
    layout: { N: '1' },
    sentAt: { N: String(nowMs) },
    expiresAt: { N: String(Math.ceil(nowMs / 1_000)) },
    json: { S: message.body.slice(0, textLength) },
  }));

const arrivalsOf = (read: readonly Read[]): ReadonlyMap<string, boolean> => {
  const arrivals = new Map<string, boolean>();
  for (const { conversationId, mayEnd } of read) arrivals.set(conversationId, mayEnd || (arrivals.get(conversationId) ?? false));
  return arrivals;
};

/**
 * The same requests as Tidemark makes, in the same order, and nothing else: events first, then heads, then deletes. No validation,
 * no fingerprint, no canonical form, no watermark, no metrics, no second try.
 */
export const protocolFloor: Contender = (place, pollers) => {
  const write = writer(place);
  const arrive = heads(place);
  const remove = deleter(place);
  return poll(
    place,
    pollers,
    async (messages) => {
      const nowMs = Date.now();
      const read = messages.map((message) => ({ ...readTold(message.body), message }));
      await write(read.flatMap((one) => itemsOf(one, nowMs)));
      await arrive(arrivalsOf(read));
      await remove(messages.map(({ handle }) => handle));
    },
    ['ApproximateReceiveCount', 'SentTimestamp', 'AWSTraceHeader'],
  );
};
