import { backoffMs } from '../core/backoff';
import { createFleetView, type FleetView } from '../core/fleet-view';
import { type FleetMember, heartbeatKeptMs } from '../core/items';
import { rememberOwnedShards } from '../core/ownership';
import { createIntakeWatermark, type IntakeWatermark } from '../core/watermark';
import type { Clock, Log, Metrics } from '../ports';
import type { Pulse } from './pulse';
import type { TableHealth } from './table-health';

export interface HeartbeatSettings {
  readonly heartbeatMs: number;
  readonly outOfOrdernessMs: number;
  readonly visibilityMs: number;
  readonly longPollMs: number;
  readonly shards: number;
}

/** A worker's place in the fleet: what it says of itself, and what it makes of what the others say. */
export interface Heartbeat {
  readonly intake: IntakeWatermark;
  /** The fleet's watermark, epoch ms of queue time; 0 before anybody knows anything. */
  readonly watermarkMs: () => number;
  readonly ownedShards: () => readonly number[];
  /** How many workers there are, this one among them as soon as it has read its own heartbeat. */
  readonly liveWorkers: () => number;
  /** Beats until the signal, then says good-bye, leaving the floor of what was handed back. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

interface HeartbeatOutside {
  readonly health: Pick<TableHealth, 'fleet' | 'isAway' | 'receivingMs' | 'report'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pulse: Pick<Pulse, 'beat' | 'end'>;
}

/** A heartbeat missed this often is a dead worker. */
const beatsToLive = 4;

interface Membership {
  readonly view: FleetView;
  readonly observe: (members: readonly FleetMember[]) => void;
  /** The worker's own receives, once there are any: what they have got to decides when a ghost is over. */
  readonly follow: (intake: IntakeWatermark) => void;
  readonly beat: (own: Pick<FleetMember, 'watermarkMs' | 'hasReceived' | 'leaving'>) => Promise<void>;
}

const membership = ({ health, clock }: HeartbeatOutside, settings: HeartbeatSettings, workerId: string): Membership => {
  const { heartbeatMs, visibilityMs } = settings;
  const returnMs = heartbeatMs + visibilityMs;
  const view = createFleetView({ aliveMs: beatsToLive * heartbeatMs, ghostMs: ghostMsOf(settings), returnMs });
  let counter = 0;
  let seenMs = (): number => 0;
  const observe: Membership['observe'] = (members) =>
    view.observe(members, clock.monotonicMs(), { nowMs: clock.nowMs(), seenMs: seenMs(), receivingMs: health.receivingMs() });
  return {
    view,
    observe,
    follow: (intake) => void (seenMs = intake.seenMs),
    beat: async (own) => {
      counter += 1;
      const member = { workerId, counter, fleetWatermarkMs: view.watermarkMs(), ...own };
      observe(await health.fleet.beat(member, clock.nowMs() + heartbeatKeptMs));
    },
  };
};

/** Time after which another worker has received what left this one's hands. */
const ghostMsOf = (settings: HeartbeatSettings): number => settings.visibilityMs + 2 * settings.longPollMs;

/** Keeps trying until it could, or until the signal; says which. */
const register = async (outside: HeartbeatOutside, member: Membership, signal: AbortSignal): Promise<boolean> => {
  const { clock, log, health } = outside;
  const { view, observe, beat } = member;
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      observe(await health.fleet.members());
      await beat({ watermarkMs: view.watermarkMs(), hasReceived: false, leaving: false });
      return true;
    } catch (error) {
      const what = 'The table could not be reached, so the fleet could not be joined; nothing is received before it is.';
      if (!health.isAway()) log.error(what, { attempt }, error);
      await clock.sleep(backoffMs(attempt, 500, 30_000, 1), signal);
    }
  }
  return false;
};

const beatOnce = async (outside: HeartbeatOutside, { view, beat }: Membership, intake: IntakeWatermark): Promise<void> => {
  const { health, clock, log, metrics } = outside;
  try {
    await beat({ watermarkMs: intake.value(health.receivingMs()), hasReceived: intake.hasReceived(), leaving: false });
    for (const gone of view.forgotten(clock.monotonicMs())) await health.fleet.remove(gone);
    if (view.watermarkMs() > 0) metrics.add('WatermarkLag', Math.max(0, clock.nowMs() - view.watermarkMs()));
  } catch (error) {
    // That the table is away is said once, by its health.
    const what = 'A heartbeat failed; the others will take this worker for dead if it goes on.';
    if (!health.isAway()) log.error(what, {}, error);
  }
  health.report();
};

/** An orderly stop owns nothing any more; the floor of what it handed back goes on counting for a while. */
const sayGoodBye = async (
  outside: HeartbeatOutside,
  { beat }: Membership,
  own: { workerId: string; intake: IntakeWatermark },
) => {
  const floor = own.intake.floor(outside.health.receivingMs());
  try {
    await (floor === null
      ? outside.health.fleet.remove(own.workerId)
      : beat({ watermarkMs: floor, hasReceived: true, leaving: true }));
  } catch (error) {
    outside.log.error('The fleet could not be left; the others will notice.', { workerId: own.workerId }, error);
  }
};

/** Registers, with the fleet's watermark, before the first receive. Null when it was stopped before it could. */
export const joinFleet = async (
  outside: HeartbeatOutside,
  settings: HeartbeatSettings,
  workerId: string,
  stop: AbortSignal,
): Promise<Heartbeat | null> => {
  const { clock, pulse } = outside;
  const member = membership(outside, settings, workerId);
  const { view } = member;
  if (!(await register(outside, member, stop))) return null;
  const owned = rememberOwnedShards(workerId, settings.shards);
  const intake = createIntakeWatermark({ ...settings, ghostMs: ghostMsOf(settings), initialMs: view.watermarkMs() });
  member.follow(intake);
  return {
    intake,
    watermarkMs: view.watermarkMs,
    ownedShards: () => owned(view.liveWorkers(clock.monotonicMs())),
    liveWorkers: () => view.liveWorkers(clock.monotonicMs()).length,
    run: async (stopped) => {
      pulse.beat('heartbeat');
      await clock.sleep(settings.heartbeatMs, stopped);
      while (!stopped.aborted) {
        await beatOnce(outside, member, intake);
        pulse.beat('heartbeat');
        await clock.sleep(settings.heartbeatMs, stopped);
      }
      pulse.end('heartbeat');
      await sayGoodBye(outside, member, { workerId, intake });
    },
  };
};
