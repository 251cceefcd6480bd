/*
 * What a fleet asks of the table while nothing comes, reckoned from its settings. Per worker and heartbeat: one write of its own, one Query of
 * everybody's, one of the levers. Per shard and tick, two Queries of the index, one for each clock, by its owner; and every fifth tick by
 * those of the others who look at what is overdue: all of a small fleet, about eight of a large one.
 */

export interface FleetSettings {
  readonly shards: number;
  readonly tickMs: number;
  readonly heartbeatMs: number;
}

export const defaults: FleetSettings = { shards: 16, tickMs: 1_000, heartbeatMs: 5_000 };

const clocks = 2;
const overdueTicks = 5;
const lookers = 8;

/** Bytes of a heartbeat: names and values, as DynamoDB counts them. */
export const heartbeatBytes = 140;
const readUnitBytes = 4_096;

export interface AskedPerSecond {
  readonly dueQueries: number;
  readonly fleetQueries: number;
  readonly leverQueries: number;
  readonly heartbeats: number;
  /** Of `fleetQueries`: they read everybody, consistently. */
  readonly fleetReadUnits: number;
  readonly dueReadUnits: number;
}

export const askedPerSecond = (workers: number, { shards, tickMs, heartbeatMs }: FleetSettings): AskedPerSecond => {
  const ticks = 1_000 / tickMs;
  const beats = (workers * 1_000) / heartbeatMs;
  const othersLook = (workers * shards - shards) * Math.min(1, lookers / workers);
  const dueQueries = clocks * ticks * (shards + othersLook / overdueTicks);
  return {
    dueQueries,
    fleetQueries: beats,
    leverQueries: beats,
    heartbeats: beats,
    fleetReadUnits: beats * Math.ceil((workers * heartbeatBytes) / readUnitBytes),
    // An empty page is half a unit.
    dueReadUnits: dueQueries / 2,
  };
};
