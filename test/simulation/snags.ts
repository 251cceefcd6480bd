import { keys, type StoredEvent } from '../../src/core/items';
import type { SnagCall } from './history';

/** Single calls that meet with something, while all around them goes well. */
export interface Snags {
  /** The next such call, whoever makes it, is long under way. */
  readonly delayNext: (call: SnagCall, forMs: number) => void;
  /** ms that this call has to wait for; 0 for most. */
  readonly takeDelay: (call: SnagCall) => number;
  /** What is written next of this conversation the table does not take, until the throttling is over; what comes later it does. */
  readonly throttle: (conversationId: string) => void;
  readonly relieve: (conversationId: string) => void;
  readonly throttledOf: (batch: readonly StoredEvent[]) => ReadonlySet<StoredEvent>;
}

const keyOf = ({ event }: StoredEvent): string => keys.event(event).sk;

export const createSnags = (): Snags => {
  const delays: Record<SnagCall, readonly number[]> = { receive: [], write: [] };
  /** By conversation, the keys that are not taken; null before it is known which. */
  const throttled = new Map<string, ReadonlySet<string> | null>();
  return {
    delayNext: (call, forMs) => void (delays[call] = [...delays[call], forMs]),
    takeDelay: (call) => {
      const [first = 0, ...others] = delays[call];
      delays[call] = others;
      return first;
    },
    throttle: (conversationId) => void throttled.set(conversationId, null),
    relieve: (conversationId) => void throttled.delete(conversationId),
    throttledOf: (batch) => {
      if (throttled.size === 0) return new Set();
      for (const [conversationId, known] of throttled) {
        const written = batch.filter(({ event }) => event.conversationId === conversationId).map(keyOf);
        if (known === null && written.length > 0) throttled.set(conversationId, new Set(written));
      }
      return new Set(batch.filter((one) => throttled.get(one.event.conversationId)?.has(keyOf(one))));
    },
  };
};
