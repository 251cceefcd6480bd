import type { Heartbeat } from '../ports-on-call';

/** One worker, as it was last heard of. */
export interface WorkerSeen {
  readonly workerId: string;
  /** `silent`: nothing for longer than a worker that lives is. */
  readonly state: 'alive' | 'silent' | 'leaving';
  readonly heardMsAgo: number;
  /** How far its own watermark is behind the time; null while it has no say. */
  readonly lagMs: number | null;
}

export interface FleetSeen {
  readonly workers: readonly WorkerSeen[];
  /** Null where nobody has said anything of one. */
  readonly watermarkMs: number | null;
}

/** Twice the beats that a worker may miss, at the default of five seconds each. */
const silentAfterMs = 40_000;

const stateOf = ({ member, atMs }: Heartbeat, nowMs: number): WorkerSeen['state'] =>
  nowMs - atMs > silentAfterMs ? 'silent' : member.leaving ? 'leaving' : 'alive';

/** The fleet's watermark never goes back: the furthest that anybody has seen is the one. */
export const seeFleet = (heartbeats: readonly Heartbeat[], nowMs: number): FleetSeen => {
  const watermarkMs = heartbeats.reduce((furthest, { member }) => Math.max(furthest, member.fleetWatermarkMs), 0);
  const workers = heartbeats.map((heartbeat) => ({
    workerId: heartbeat.member.workerId,
    state: stateOf(heartbeat, nowMs),
    heardMsAgo: Math.max(0, Math.trunc(nowMs - heartbeat.atMs)),
    lagMs: heartbeat.member.watermarkMs ? Math.max(0, Math.trunc(nowMs - heartbeat.member.watermarkMs)) : null,
  }));
  return { workers, watermarkMs: watermarkMs === 0 ? null : watermarkMs };
};
