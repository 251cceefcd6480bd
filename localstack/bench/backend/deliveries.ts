import type { Flow } from './flow';
import { overlappingPositions, type Position } from './overlapping';
import type { Body, Cycles } from './traffic';

/*
 * The queue `bench`: what flows, received, then deleted or put back. No timeout makes anything visible again.
 *
 *   flow ──receive──► in flight ──delete──► gone
 *                      │     ▲
 *                 put back ──┘ received again
 */

interface Held {
  readonly id: string;
  readonly body: Body;
  readonly sentAtMs: number;
  readonly receiveCount: number;
}

export interface Deliveries {
  readonly setFlow: (flow: Flow) => void;
  readonly receive: (most: number) => readonly string[];
  /** Calls whenever there is something to receive after there was nothing. */
  readonly onMore: (listener: () => void) => void;
  readonly remove: (handle: string) => void;
  readonly putBack: (handle: string, afterMs: number) => void;
  readonly deleted: () => number;
  readonly inHand: () => number;
  readonly waiting: () => number;
}

/** The messages of so many conversations, from the beginning of a cycle. */
function* positions(cycles: Cycles, firstCycle: number, { conversations }: Flow): Generator<Position, undefined> {
  const last = conversations ?? Infinity;
  for (let cycle = firstCycle; (cycle - firstCycle) * cycles.conversations < last; cycle++)
    for (let place = 0; place < cycles.messages; place++) {
      const number = (cycle - firstCycle) * cycles.conversations + cycles.conversationAt(place);
      if (number < last) yield { cycle, place };
    }
}

const messageText = ({ id, body: { md5, quoted }, sentAtMs, receiveCount }: Held, handle: string): string =>
  `{"MessageId":"${id}","ReceiptHandle":"${handle}","MD5OfBody":"${md5}","Body":${quoted},"Attributes":{"SentTimestamp":"${sentAtMs}",` +
  `"ApproximateReceiveCount":"${receiveCount}","ApproximateFirstReceiveTimestamp":"${sentAtMs}"}}`;

const messageId = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** What there is to receive for the first time. */
const createSource = (openCycles: () => Cycles) => {
  let cycles: Cycles | null = null;
  let flowing: Iterator<Position, undefined> = [][Symbol.iterator]();
  let endless: typeof flowing | null = null;
  /** What is sent at once waits since then; what flows without end is sent as it is received. */
  let queued: { readonly atMs: number; left: number } | null = null;
  let [nextCycle, sent] = [0, 0];
  return {
    set: (flow: Flow): void => {
      cycles ??= openCycles();
      queued = flow.conversations === null ? null : { atMs: Date.now(), left: [...positions(cycles, nextCycle, flow)].length };
      // It goes on where it stopped: whoever begins anew has the beginnings of conversations only.
      flowing = flow.conversations === null ? (endless ??= overlappingPositions(cycles)) : positions(cycles, nextCycle, flow);
    },
    next: (): Held | null => {
      const position = flowing.next().value;
      if (position === undefined || cycles === null) return null;
      if (queued) nextCycle = position.cycle + 1;
      if (queued) queued.left -= 1;
      const body = cycles.bodyAt(position.cycle, position.place);
      return { id: messageId(sent++), body, sentAtMs: queued?.atMs ?? Date.now(), receiveCount: 1 };
    },
    left: (): number => queued?.left ?? 0,
  };
};

export const openDeliveries = (openCycles: () => Cycles): Deliveries => {
  const source = createSource(openCycles);
  const inFlight = new Map<string, Held>();
  const returned: Held[] = [];
  const listeners: (() => void)[] = [];
  let [handles, deleted] = [0, 0];

  const more = (): void => listeners.forEach((tell) => tell());

  const draw = (): Held | null => {
    const again = returned.shift();
    return again ? { ...again, receiveCount: again.receiveCount + 1 } : source.next();
  };

  return {
    setFlow: (flow) => {
      source.set(flow);
      more();
    },
    receive: (most) => {
      const texts: string[] = [];
      while (texts.length < most) {
        const held = draw();
        if (held === null) break;
        const handle = `handle-${++handles}`;
        inFlight.set(handle, held);
        texts.push(messageText(held, handle));
      }
      return texts;
    },
    onMore: (listener) => void listeners.push(listener),
    remove: (handle) => {
      if (inFlight.delete(handle)) deleted += 1;
    },
    putBack: (handle, afterMs) => {
      const held = inFlight.get(handle);
      if (!held) return;
      inFlight.delete(handle);
      setTimeout(() => {
        returned.push(held);
        more();
      }, afterMs).unref();
    },
    deleted: () => deleted,
    inHand: () => inFlight.size,
    waiting: () => returned.length + source.left(),
  };
};
