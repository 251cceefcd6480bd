import type { Pipeline } from './pipeline';
import type { Clock, IntakeQueue, Log, Metrics, Random, StopSignals } from './ports';
import type { DownstreamHealth } from './worker/downstream-health';
import { type HeartbeatSettings, joinFleet } from './worker/heartbeat';
import { intakeHandler } from './worker/intake-handler';
import { createPulse, type Pulse } from './worker/pulse';
import type { TableHealth } from './worker/table-health';
import { runTimers, type TimerSettings } from './worker/timers';

export type WorkerSettings = HeartbeatSettings & TimerSettings;

export interface WorkerOutside {
  readonly queue: IntakeQueue;
  /** The fleet and the due windows are reached through it; `pipeline` works on its table, too. */
  readonly health: TableHealth;
  /** Of what a close needs besides; `pipeline` works on its ports, too. */
  readonly downstream: DownstreamHealth;
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * One worker: the admit loop, driven by the queue, and the close loop, driven by the table, side by side; a heartbeat as long
 * as either has something in hand. Soft stop: both finish what they hold, then it leaves the fleet. Hard stop: it returns at
 * once; leases run out, messages come back, others go on.
 */
export const runWorker = async (
  given: WorkerOutside,
  settings: WorkerSettings,
  stop: StopSignals,
  pulse: Pulse = createPulse(given.clock),
): Promise<void> => {
  const outside = { ...given, pulse };
  const { queue, pipeline, log, random, metrics, health, downstream } = outside;
  const report = (): void => {
    // Who has nothing to do says so: no word at all is no worker.
    for (const name of ['PollsSucceeded', 'MessagesReceived', 'MessagesDeleted'] as const) metrics.add(name, 0);
    health.report();
    downstream.report();
  };
  const workerId = random.id().slice(0, 12);
  const heartbeat = await joinFleet({ ...outside, health: { ...health, report } }, settings, workerId, stop.soft);
  if (!heartbeat) {
    log.info('The worker was stopped before it had begun.', { workerId });
    return;
  }
  log.info('The worker runs.', { workerId });
  void aborted(stop.soft).then(() => log.info('The worker is told to stop.', { workerId }));
  const over = new AbortController();
  const beating = heartbeat.run(over.signal);
  const timers = runTimers({ ...outside, close: pipeline.close }, settings, heartbeat, stop.soft);
  const intake = queue.consume(intakeHandler(outside, settings, heartbeat, stop.soft), stop);
  const receiving = intake.finally(() => pulse.end('receive'));
  const work = Promise.all([receiving, timers]).finally(() => over.abort());
  await Promise.race([Promise.all([work, beating]), aborted(stop.hard)]);
  over.abort();
  // Even in a hurry what is in hand is handed back; the queue waits for nothing else then.
  await intake;
  log.info('The worker has stopped.', { workerId, hard: stop.hard.aborted });
};
