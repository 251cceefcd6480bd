import type { MappedEvent } from './facts';
import { interactedRuns, type Session, type UserRun } from './sessions';

/*
 * Which after-call work belongs to which stretch of an agent's work.
 *
 *   user session    start────end              start────end
 *   acw                          acw                        ?  not yet: awaited
 *
 * Genesys sends one acw per agent and re-opening, although an agent may have had several sessions in it (an e-mail reply is
 * one each). So an acw settles the stretch that it belongs to, the last of its session that had started by then, and every
 * earlier one of the same agent; never one that started later. It is compared with starts, not with ends: the two clocks of
 * acw and user.end may differ by a few milliseconds.
 */

const beganAt = (run: UserRun): number => run.startMs ?? run.end.event.eventTimeMs;

const agentOf = ({ event, facts }: MappedEvent): string => facts.userId ?? event.participantId ?? '';

const groupBySession = (runs: readonly UserRun[]): ReadonlyMap<string, readonly UserRun[]> => {
  const groups = new Map<string, UserRun[]>();
  for (const run of runs) {
    const group = groups.get(run.session.sessionId);
    if (group) group.push(run);
    else groups.set(run.session.sessionId, [run]);
  }
  return groups;
};

/** Of stretches of one session, which follow each other: halved and halved again, for messaging has thousands of them. */
const lastBegunBy = (runs: readonly UserRun[], ms: number): UserRun | null => {
  let begun = 0;
  for (let end = runs.length; begun < end;) {
    const middle = Math.floor((begun + end) / 2);
    const run = runs[middle];
    if (run && beganAt(run) <= ms) begun = middle + 1;
    else end = middle;
  }
  return runs[begun - 1] ?? null;
};

/** Agent → start of the latest stretch that is settled. An acw whose session we do not know settles all before it. */
const settledUpTo = (events: readonly MappedEvent[], runs: readonly UserRun[]): ReadonlyMap<string, number> => {
  const runsBySession = groupBySession(runs);
  const settled = new Map<string, number>();
  for (const work of events.filter(({ facts }) => facts.isAfterCallWork)) {
    const workMs = work.event.eventTimeMs;
    const run = lastBegunBy(runsBySession.get(work.event.sessionId ?? '') ?? [], workMs);
    const agent = agentOf(run?.end ?? work);
    settled.set(agent, Math.max(settled.get(agent) ?? 0, run ? beganAt(run) : workMs));
  }
  return settled;
};

/** An agent interacted and the acw for it has not come. */
export const awaitsAfterCallWork = (events: readonly MappedEvent[], sessions: readonly Session[]): boolean => {
  const runs = interactedRuns(sessions);
  const settled = settledUpTo(events, runs);
  return runs.some((run) => (settled.get(agentOf(run.end)) ?? -1) < beganAt(run));
};
