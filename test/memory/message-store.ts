import { limits, utf8Bytes } from '../../src/core/limits';
import { type MovedBack, readMovedBack } from '../../src/core/on-call/redrive-history';
import type { Clock, Message, Random } from '../../src/ports';

/** What SQS may do to the order and the number of messages, drawn by chance. */
export interface Disorder {
  readonly random: Random;
  /** Share of deliveries that leave a copy behind, which comes later under the same id, deleted or not. Below 1. */
  readonly duplicates: number;
  /** How far from the oldest that is visible a message may be chosen, ms of queue time; as far as there are any, if left out. */
  readonly withinMs?: number;
  /** A message that comes back is handed out as if it had been sent only then, behind all that waits. */
  readonly returnsLast?: boolean;
}

export interface MessageStoreOptions {
  readonly clock: Clock;
  /** How long a delivery keeps its message from others. */
  readonly visibilityMs?: number;
  /** Deliveries after which the redrive policy takes a message away. */
  readonly maxReceives?: number;
  /** Without it messages come in the order they were sent, each once. */
  readonly disorder?: Disorder;
  readonly overflow?: (message: Message) => void;
}

interface Held extends MovedBack {
  readonly id: string;
  readonly body: string;
  readonly sentAtMs: number;
  /** By which it is chosen: when it was sent, or came back. */
  placeMs: number;
  receiveCount: number;
  /** Of the newest delivery, the only one by which it can be deleted. */
  handle: string;
  visibleAtMs: number;
}

const batchSize = 10;

const messageOf = ({ id, body, sentAtMs, receiveCount, handle, redriven, history }: Held): Message => ({
  ...{ id, body, sentAtMs, receiveCount, handle },
  ...(redriven ? { redriven } : {}),
  ...(history ? { history } : {}),
});

interface Shelf {
  readonly visible: Held[];
  /** By handle. */
  readonly inFlight: Map<string, Held>;
  readonly overflowed: Message[];
}

const showThoseDue = ({ visible, inFlight }: Shelf, nowMs: number, returnsLast: boolean): void => {
  for (const held of inFlight.values())
    if (held.visibleAtMs <= nowMs && inFlight.delete(held.handle)) {
      if (returnsLast) held.placeMs = held.visibleAtMs;
      visible.push(held);
    }
};

/** Where the messages are that may come next. */
const candidates = (visible: readonly Held[], withinMs: number): readonly number[] => {
  const oldestMs = visible.reduce((oldest, { placeMs }) => Math.min(oldest, placeMs), Infinity);
  return [...visible.keys()].filter((index) => (visible[index]?.placeMs ?? 0) <= oldestMs + withinMs);
};

/** The first messages, or any; as many as a batch holds, or fewer. */
const pick = (shelf: Shelf, { maxReceives = Infinity, disorder, overflow }: MessageStoreOptions): readonly Held[] => {
  const draw = (upTo: number): number => (disorder ? Math.floor(disorder.random.fraction() * upTo) : 0);
  const most = batchSize - draw(batchSize);
  const picked: Held[] = [];
  while (shelf.visible.length > 0 && picked.length < most) {
    const near = disorder?.withinMs === undefined ? null : candidates(shelf.visible, disorder.withinMs);
    const chosen = near ? (near[draw(near.length)] ?? 0) : draw(shelf.visible.length);
    const [held] = shelf.visible.splice(chosen, 1) as [Held];
    if (held.receiveCount >= maxReceives) {
      shelf.overflowed.push(messageOf(held));
      overflow?.(messageOf(held));
    } else picked.push(held);
    if (disorder && disorder.random.fraction() < disorder.duplicates) shelf.visible.push({ ...held });
  }
  return picked;
};

/** The messages of an SQS queue: each is visible, or in flight until its time is up or it is deleted or handed back. */
export const messageStore = (options: MessageStoreOptions) => {
  const { clock, visibilityMs = 120_000 } = options;
  const shelf: Shelf = { visible: [], inFlight: new Map(), overflowed: [] };
  const { visible, inFlight, overflowed } = shelf;
  let count = 0;

  const deliver = (held: Held): Message => {
    held.receiveCount += 1;
    held.handle = `${held.id}/${String((count += 1))}`;
    held.visibleAtMs = clock.nowMs() + visibilityMs;
    inFlight.set(held.handle, held);
    return messageOf(held);
  };

  return {
    send: (body: string, sentAtMs: number = clock.nowMs(), attributes: Readonly<Record<string, string>> = {}): string => {
      if (utf8Bytes(body) > limits.messageBytes)
        throw new RangeError(`Expected a message of at most ${limits.messageBytes} bytes, got ${utf8Bytes(body)}.`);
      const id = `message-${String((count += 1))}`;
      const began = { placeMs: sentAtMs, receiveCount: 0, handle: id, visibleAtMs: 0 };
      visible.push({ id, body, sentAtMs, ...began, ...readMovedBack(attributes) });
      return id;
    },
    /** Up to ten that are visible, none if there are none. */
    take: (): readonly Message[] => {
      showThoseDue(shelf, clock.nowMs(), options.disorder?.returnsLast ?? false);
      return pick(shelf, options).map(deliver);
    },
    /** When the next message in flight becomes visible by itself. */
    nextVisibleMs: (): number => Math.min(Infinity, ...[...inFlight.values()].map(({ visibleAtMs }) => visibleAtMs)),
    /** By the handle of its newest delivery, even one that ran out; by an older one nothing happens, and SQS does not say so. */
    remove: (handle: string): void => {
      if (inFlight.delete(handle)) return;
      const lying = visible.findIndex((held) => held.handle === handle);
      if (lying !== -1) visible.splice(lying, 1);
    },
    handBack: (handle: string, delayMs: number): void => {
      const held = inFlight.get(handle);
      if (held) held.visibleAtMs = clock.nowMs() + delayMs;
    },
    counts: () => ({ visible: visible.length, inFlight: inFlight.size }),
    overflowed: (): readonly Message[] => overflowed,
  };
};

export type MessageStore = ReturnType<typeof messageStore>;
