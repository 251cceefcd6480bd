import type { Breach } from '../history';
import { type Outage, outagesIn } from './conditions';
import { breach } from './effects';
import type { Evidence } from './evidence';
import type { MessageTrail } from './message-trails';

/*
 * Promise 7. While Genesys, Step Functions or SNS is away intake goes on: what is sent is soon deleted. While nothing can be set
 * aside it goes on as well, for all that need not be. While the table is away intake pauses: nothing can be admitted, so whatever
 * is received all the same only uses up its receives. (That nothing is dead-lettered by an outage is judged with the bad messages,
 * that nothing is lost with the rest.)
 */

/** Before anybody notices an outage, some receives are spent; then a probe now and then, each of a batch. */
const receivesInAnOutage = 6;

const intakeGoesOnFor = ['genesys', 'stateMachine', 'topic', 'deadLetters'];

/** Two deliveries: one whose answer was lost, and the next. */
const patienceOf = ({ plan }: Evidence): number => {
  const { visibilityMs, longPollMs, heartbeatMs } = plan.settings;
  return 2 * (visibilityMs + longPollMs) + 4 * heartbeatMs;
};

const judgeIntake = (evidence: Evidence, { of, fromMs, toMs }: Outage): readonly Breach[] => {
  const { plan, messages } = evidence;
  const isOtherwiseUntroubled = plan.blows.every(({ kind }) => kind === 'outage' || kind === 'deploy');
  if (!intakeGoesOnFor.includes(of) || !isOtherwiseUntroubled) return [];
  const patienceMs = patienceOf(evidence);
  // What only the topic, or the dead letters, could take waits in the queue for it.
  const mayWait = ({ truth }: MessageTrail): boolean =>
    (of === 'topic' && truth.side !== undefined) || (of === 'deadLetters' && truth.rejection !== null);
  const due = messages.filter((trail) => trail.sent.atMs >= fromMs && trail.sent.atMs + patienceMs < toMs && !mayWait(trail));
  return due
    .filter(({ deleted, sent }) => !deleted.some(({ atMs }) => atMs <= sent.atMs + patienceMs))
    .slice(0, 1)
    .map(({ sent }) =>
      breach(
        7,
        sent.atMs,
        `expected ${sent.messageId} to be admitted while ${of} was away, not deleted within ${patienceMs / 1_000} s`,
      ),
    );
};

const receivesDuring = ({ received }: MessageTrail, { fromMs, toMs }: Outage): number =>
  received.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length;

const judgeReceives = ({ messages }: Evidence, outage: Outage): readonly Breach[] => {
  if (outage.of !== 'table') return [];
  return messages
    .filter((trail) => receivesDuring(trail, outage) > receivesInAnOutage)
    .slice(0, 1)
    .map((trail) =>
      breach(
        7,
        outage.fromMs,
        `expected at most ${receivesInAnOutage} receives of ${trail.sent.messageId} while the table was away, got ${receivesDuring(trail, outage)}`,
      ),
    );
};

export const judgeOutages = (evidence: Evidence): readonly Breach[] =>
  outagesIn(evidence.history).flatMap((outage) => [...judgeIntake(evidence, outage), ...judgeReceives(evidence, outage)]);
