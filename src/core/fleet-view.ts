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
 * A dead worker's messages become visible again within the visibility timeout; until another worker has had time to receive
 * them, its last watermark holds the fleet back. One that died before it had received anything leaves no ghost: it said only
 * what the fleet had told it, and a worker that crashes at every start would hold the fleet at that value for ever. Time in which the reader saw nobody (the table was down) is no silence of
 * theirs: it moves the axis. Else whoever sees again first would bury all the others, floors and all.
 */
export interface FleetView {
  readonly observe: (members: readonly FleetMember[], monotonicMs: number) => void;
  /** Never goes back; 0 before anybody knows anything. */
  readonly watermarkMs: () => number;
  readonly liveWorkers: (monotonicMs: number) => readonly string[];
  /** Heartbeats that nobody needs any more. */
  readonly forgotten: (monotonicMs: number) => readonly string[];
}

interface Sighting {
  readonly member: FleetMember;
  /** When its counter was last seen to change, on the reader's clock. */
  readonly changedAt: number;
}

export const createFleetView = (options: { readonly aliveMs: number; readonly ghostMs: number }): FleetView => {
  const sightings = new Map<string, Sighting>();
  let watermark = 0;
  let lookedAt: number | null = null;

  const advance = (monotonicMs: number): void => {
    const counting = [...sightings.values()].filter(({ member, changedAt }) => {
      const countsForMs = member.hasReceived ? options.ghostMs : options.aliveMs;
      return monotonicMs - changedAt <= countsForMs;
    });
    const values = counting.flatMap(({ member }) => (member.watermarkMs === null ? [] : [member.watermarkMs]));
    if (values.length > 0) watermark = Math.max(watermark, Math.min(...values));
  };

  return {
    observe: (members, monotonicMs) => {
      const sinceLook = lookedAt === null ? 0 : monotonicMs - lookedAt;
      const blindMs = sinceLook > options.aliveMs ? sinceLook : 0;
      lookedAt = monotonicMs;
      const present = new Set(members.map((member) => member.workerId));
      for (const workerId of sightings.keys()) if (!present.has(workerId)) sightings.delete(workerId);
      for (const member of members) {
        const before = sightings.get(member.workerId);
        const hasChanged = before?.member.counter !== member.counter || before.member.leaving !== member.leaving;
        sightings.set(member.workerId, { member, changedAt: hasChanged ? monotonicMs : before.changedAt + blindMs });
        watermark = Math.max(watermark, member.fleetWatermarkMs);
      }
      advance(monotonicMs);
    },
    watermarkMs: () => watermark,
    liveWorkers: (monotonicMs) =>
      [...sightings.values()]
        .filter(({ member, changedAt }) => !member.leaving && monotonicMs - changedAt <= options.aliveMs)
        .map(({ member }) => member.workerId)
        .sort(),
    forgotten: (monotonicMs) =>
      [...sightings.values()]
        .filter(({ changedAt }) => monotonicMs - changedAt > options.ghostMs)
        .map(({ member }) => member.workerId),
  };
};
