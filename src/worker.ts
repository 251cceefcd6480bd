import type { Pipeline } from './pipeline';
import type { Clock, Fleet, IntakeHandler, IntakeQueue, Log, Message, Metrics, Random, StopSignals, WindowTable } from './ports';
import { type Heartbeat, type HeartbeatSettings, joinFleet } from './worker/heartbeat';
import { runTimers, type TimerSettings } from './worker/timers';

export type WorkerSettings = HeartbeatSettings & TimerSettings;

export interface WorkerOutside {
  readonly queue: IntakeQueue;
  readonly fleet: Fleet;
  readonly table: Pick<WindowTable, 'findDue'>;
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What the queue reports becomes the watermark's floor, and batches become events in the table. */
const intakeHandler = ({ pipeline, clock, metrics }: WorkerOutside, { intake, watermarkMs }: Heartbeat): IntakeHandler => {
  const disorders = new WeakMap<Message, number>();
  return {
    pollStarted: (poll) => intake.pollStarted(poll, clock.nowMs(), clock.monotonicMs()),
    pollReturned: (poll, messages) => {
      // One that comes again was held by its ghost: how late it is says nothing of the queue's order.
      for (const message of messages) if (message.receiveCount === 1) disorders.set(message, intake.disorder(message.sentAtMs));
      intake.pollReturned(poll, messages, clock.monotonicMs());
    },
    pollFailed: (poll) => intake.pollFailed(poll, clock.monotonicMs()),
    admit: (batch) => pipeline.admit(batch, watermarkMs(), (message) => disorders.get(message) ?? null),
    deleted: (messages) => {
      metrics.add('MessagesDeleted', messages.length);
      intake.deleted(messages);
    },
    kept: (messages) => intake.kept(messages, clock.monotonicMs()),
  };
};

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
export const runWorker = async (outside: WorkerOutside, settings: WorkerSettings, stop: StopSignals): Promise<void> => {
  const { queue, table, pipeline, clock, random, log } = outside;
  const workerId = random.id().slice(0, 12);
  const heartbeat = await joinFleet(outside, settings, workerId, stop.soft);
  if (!heartbeat) {
    log.info('The worker was stopped before it had begun.', { workerId });
    return;
  }
  log.info('The worker runs.', { workerId });
  const over = new AbortController();
  const beating = heartbeat.run(over.signal);
  const timers = runTimers({ table, close: pipeline.close, clock, random, log }, settings, heartbeat, stop.soft);
  const intake = queue.consume(intakeHandler(outside, heartbeat), stop);
  const work = Promise.all([intake, timers]).finally(() => over.abort());
  await Promise.race([work.then(() => beating), aborted(stop.hard)]);
  over.abort();
  // Even in a hurry what is in hand is handed back; the queue waits for nothing else then.
  await intake;
  log.info('The worker has stopped.', { workerId, hard: stop.hard.aborted });
};
