import type { Pipeline } from '../pipeline';
import type { Clock, IntakeHandler, Message, Metrics } from '../ports';
import type { Heartbeat, HeartbeatSettings } from './heartbeat';
import type { Pulse } from './pulse';
import type { TableHealth } from './table-health';

interface IntakeOutside {
  readonly pipeline: Pipeline;
  readonly health: Pick<TableHealth, 'ready' | 'endTurn' | 'isAway' | 'untilBack' | 'receivingMs'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly pulse: Pick<Pulse, 'begin' | 'wait'>;
}

type Admit = IntakeHandler['admit'];

/**
 * What a poll brings after the table went away is not tried. It stays in hand for as long as a poll takes, for the table may be
 * back by then; and if not, every poll that had begun has run out, and none of them receives it again when it is handed back.
 */
const unlessAway =
  ({ health, metrics }: IntakeOutside, patienceMs: number, stop: AbortSignal) =>
  (admit: Admit): Admit =>
  async (batch) => {
    if (health.isAway()) await health.untilBack(patienceMs, stop);
    if (!health.isAway()) return admit(batch);
    metrics.add('MessagesReceived', batch.length);
    metrics.add('MessagesKept', batch.length);
    return [];
  };

/** Polls under way, each a turn of the loop that receives. */
const pollTurns = ({ begin }: Pick<Pulse, 'begin'>) => {
  const turns = new Map<number, () => void>();
  return {
    began: (poll: number): void => void turns.set(poll, begin('receive')),
    ended: (poll: number): void => {
      turns.get(poll)?.();
      turns.delete(poll);
    },
  };
};

/** What the queue reports becomes the watermark's floor, and batches become events in the table. */
export const intakeHandler = (
  outside: IntakeOutside,
  settings: Pick<HeartbeatSettings, 'longPollMs' | 'visibilityMs'>,
  { intake, watermarkMs }: Heartbeat,
  stop: AbortSignal,
): IntakeHandler => {
  const { pipeline, clock, metrics, health } = outside;
  const { ready, endTurn, receivingMs } = health;
  const disorders = new WeakMap<Message, number>();
  const patiently = unlessAway(outside, Math.min(settings.longPollMs, settings.visibilityMs / 3), stop);
  const admit = patiently((batch) => pipeline.admit(batch, watermarkMs(), (message) => disorders.get(message) ?? null));
  const turns = pollTurns(outside.pulse);
  return {
    ready: (signal) => ready(signal).finally(outside.pulse.wait('receive')),
    pollStarted: (poll) => {
      turns.began(poll);
      intake.pollStarted(poll, clock.nowMs(), receivingMs());
    },
    pollReturned: (poll, messages) => {
      metrics.add('PollsSucceeded', 1);
      turns.ended(poll);
      // One that comes again was held by its ghost: how late it is says nothing of the queue's order.
      for (const message of messages) if (message.receiveCount === 1) disorders.set(message, intake.disorder(message.sentAtMs));
      intake.pollReturned(poll, messages, receivingMs());
      if (messages.length === 0) endTurn();
    },
    pollFailed: (poll) => {
      turns.ended(poll);
      intake.pollFailed(poll, receivingMs());
      endTurn();
    },
    admit: (batch) => admit(batch).finally(endTurn).finally(outside.pulse.begin('receive')),
    deleted: (messages) => {
      metrics.add('MessagesDeleted', messages.length);
      intake.deleted(messages);
    },
    kept: (messages) => intake.kept(messages, receivingMs()),
  };
};
