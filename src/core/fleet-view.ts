import type { FleetMember } from './items';

/**
 * One worker's view of the fleet: who lives, and the fleet's watermark. Liveness is a counter that stops changing, judged on
 * this reader's own monotonic clock: hosts' clocks do not have to agree.
 *
 *     counter changes      + aliveMs                  + ghostMs
 *     ─────┼───────────────────┼──────────────────────────┼────►
 *          │ lives, has a say  │ dead: owns nothing, but  │ forgotten
 *          │                   │ its floor still counts   │
 *
 * The second span lasts until the queue has got to the time of its messages' return: in a backlog they may come back behind it.
 * A dead worker's messages become visible again within the visibility timeout; until another worker has had time to receive
 * them, its last watermark holds the fleet back. One that died before it had received anything leaves no ghost: it said only
 * what the fleet had told it, and a worker that crashes at every start would hold the fleet at that value for ever. Time in
 * which the reader saw nobody (the table was down) is no silence of theirs: it moves the axis. Else whoever sees again first
 * would bury all the others, floors and all. Nor does a ghost grow older while nobody may receive, because a person has paused that.
 */
export interface FleetView {
  readonly observe: (members: readonly FleetMember[], monotonicMs: number, queue: QueueStand) => void;
  /** Never goes back; 0 before anybody knows anything. */
  readonly watermarkMs: () => number;
  readonly liveWorkers: (monotonicMs: number) => readonly string[];
  /** Heartbeats that nobody needs any more. */
  readonly forgotten: (monotonicMs: number) => readonly string[];
}

/** Where the reader's own receives have got to: what a dead worker held may come back behind a backlog. */
export interface QueueStand {
  readonly nowMs: number;
  readonly seenMs: number;
  /** Monotonic time without that in which receiving stood still; all of it, if left out. */
  readonly receivingMs?: number;
}

interface Sighting {
  readonly member: FleetMember;
  /** Queue time at which all that it held is visible to others, were it dead. */
  readonly returnsAtMs: number;
  /** When its counter was last seen to change, on the reader's clock. */
  readonly changedAt: number;
  /** The same in receiving time, by which its ghost grows older. */
  readonly ghostAt: number;
}

export interface FleetViewOptions {
  readonly aliveMs: number;
  readonly ghostMs: number;
  /** From a heartbeat to the moment at which all that its worker then held, or received before the next one, is visible again. */
  readonly returnMs: number;
}

interface Look {
  readonly monotonicMs: number;
  readonly receivingMs: number;
  readonly seenMs: number;
}

interface Blind {
  readonly blindMs: number;
  readonly blindReceivingMs: number;
}

/** A look at one member; `blindMs` of it were the reader's own. */
const look = (
  member: FleetMember,
  before: Sighting | undefined,
  at: Pick<Look, 'monotonicMs' | 'receivingMs'> & Blind & { readonly returnsAtMs: number },
): Sighting => {
  const hasChanged = before?.member.counter !== member.counter || before.member.leaving !== member.leaving;
  if (hasChanged) return { member, changedAt: at.monotonicMs, ghostAt: at.receivingMs, returnsAtMs: at.returnsAtMs };
  const { changedAt, ghostAt, returnsAtMs } = before;
  const { blindMs, blindReceivingMs } = at;
  return { member, changedAt: changedAt + blindMs, ghostAt: ghostAt + blindReceivingMs, returnsAtMs: returnsAtMs + blindMs };
};

/** It lives, or its ghost has a say still. */
const stillCounts =
  (options: FleetViewOptions, { monotonicMs, receivingMs, seenMs }: Look) =>
  ({ member, changedAt, ghostAt, returnsAtMs }: Sighting): boolean =>
    member.hasReceived
      ? receivingMs - ghostAt <= options.ghostMs || seenMs < returnsAtMs
      : monotonicMs - changedAt <= options.aliveMs;

/** Time since the last look in which the reader saw nobody. */
const blindSince = ({ aliveMs }: FleetViewOptions, last: Look | null, now: Look): Blind => {
  const isBlind = last !== null && now.monotonicMs - last.monotonicMs > aliveMs;
  if (!isBlind) return { blindMs: 0, blindReceivingMs: 0 };
  return { blindMs: now.monotonicMs - last.monotonicMs, blindReceivingMs: now.receivingMs - last.receivingMs };
};

export const createFleetView = (options: FleetViewOptions): FleetView => {
  const sightings = new Map<string, Sighting>();
  let watermark = 0;
  let last: Look | null = null;

  const advance = (now: Look): void => {
    const counting = [...sightings.values()].filter(stillCounts(options, now));
    const values = counting.flatMap(({ member }) => (member.watermarkMs === null ? [] : [member.watermarkMs]));
    if (values.length > 0) watermark = Math.max(watermark, Math.min(...values));
  };

  return {
    observe: (members, monotonicMs, queue) => {
      const now: Look = { monotonicMs, receivingMs: queue.receivingMs ?? monotonicMs, seenMs: queue.seenMs };
      const at = { ...now, ...blindSince(options, last, now), returnsAtMs: queue.nowMs + options.returnMs };
      last = now;
      const present = new Set(members.map((member) => member.workerId));
      for (const workerId of sightings.keys()) if (!present.has(workerId)) sightings.delete(workerId);
      for (const member of members) {
        sightings.set(member.workerId, look(member, sightings.get(member.workerId), at));
        watermark = Math.max(watermark, member.fleetWatermarkMs);
      }
      advance(now);
    },
    watermarkMs: () => watermark,
    liveWorkers: (monotonicMs) =>
      [...sightings.values()]
        .filter(({ member, changedAt }) => !member.leaving && monotonicMs - changedAt <= options.aliveMs)
        .map(({ member }) => member.workerId)
        .sort(),
    forgotten: (monotonicMs) => {
      const counts = stillCounts(options, { receivingMs: monotonicMs, seenMs: 0, ...last, monotonicMs });
      return [...sightings.values()]
        .filter((one) => monotonicMs - one.changedAt > options.ghostMs && !counts(one))
        .map(({ member }) => member.workerId);
    },
  };
};
