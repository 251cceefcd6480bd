import type { Breach, Plan } from '../history';
import { judgeAskedFor } from './asked-for';
import { judgeCarried } from './carried';
import { groupBy, objectIn } from './content';
import { type Conversation, nameOf, type Put } from './conversations';
import { breach, effectsOf, type Placed } from './effects';
import type { Evidence } from './evidence';
import { finishOf } from './finishes';

/*
 * Promise 3, the executions. One for each revision that the policy hands off and none for any other, under a name that is its
 * own; started only after its record was put, with the bytes that were put with it, however often it is tried.
 */

type Started = Placed<'started'>;

const isOwed = (policy: Plan['settings']['handoffPolicy'], put: Put, life: readonly Put[]): boolean => {
  const firstToClose = life.find(({ record }) => record.pane !== 'early');
  switch (policy) {
    case 'every':
      return true;
    case 'final':
      return put.record.pane !== 'early';
    case 'first':
      return put === firstToClose;
  }
};

const judgeDecisions = ({ plan }: Evidence, { lives }: Conversation): readonly Breach[] =>
  lives.flatMap((life) =>
    life
      .filter((put) => isOwed(plan.settings.handoffPolicy, put, life) !== (put.execution !== null))
      .map((put) =>
        breach(
          3,
          put.atMs,
          `${nameOf(put)}: expected ${put.execution ? 'no' : 'an'} execution by the policy ${plan.settings.handoffPolicy}, got ${put.execution?.name ?? 'none'}`,
        ),
      ),
  );

const judgeInput = ({ plan }: Evidence, put: Put): readonly Breach[] => {
  if (!put.execution) return [];
  const { input, name } = put.execution;
  const said = objectIn(input) ?? {};
  const status = said['callDetailsStatus'];
  const knowsDetails = status === 'complete' || status === 'incomplete';
  const bytes = Buffer.byteLength(input, 'utf8');
  const problems = [
    /^[A-Za-z0-9_-]{1,80}$/.test(name) ? null : `expected a name of 1 to 80 plain characters, got ${name}`,
    said['conversationId'] === put.record.conversationId
      ? null
      : `expected its conversation, got ${String(said['conversationId'])}`,
    knowsDetails || status === 'absent' || status === 'failed' ? null : `expected a callDetailsStatus, got ${String(status)}`,
    knowsDetails === (said['callDetails'] !== null) ? null : `expected callDetails to be as ${String(status)} as they are called`,
    judgeCarried(said['record'], put.record, { bytes, roomForAttributes: 0 }),
    ...judgeAskedFor(plan, said),
  ];
  return problems.flatMap((problem) => (problem === null ? [] : [breach(3, put.atMs, `input of ${nameOf(put)}: ${problem}`)]));
};

const judgeNames = (puts: readonly Put[]): readonly Breach[] => {
  const handedOff = puts.filter(({ execution }) => execution !== null);
  return [...groupBy(handedOff, ({ execution }) => execution?.name ?? '').values()]
    .filter((sharing) => sharing.length > 1)
    .map((sharing) => breach(3, sharing[1]!.atMs, `expected a name of its own for ${sharing.map(nameOf).join(' and ')}`));
};

const judgeStart = ({ name, input, place, atMs }: Started, put: Put | undefined): readonly Breach[] => {
  if (!put || put.place > place) return [breach(3, atMs, `expected ${name} to start only after a revision of that name was put`)];
  return input === put.execution?.input
    ? []
    : [breach(3, atMs, `expected ${name} to start with the bytes that were put, got others`)];
};

/** A window that waits for a person has started what it could. */
const judgeOwed = (
  { history }: Evidence,
  { script, puts }: Conversation,
  startsOf: ReadonlyMap<string, readonly Started[]>,
): readonly Breach[] =>
  puts.flatMap((put) => {
    if (!put.execution || script.endsAs === 'parked') return [];
    const tries = startsOf.get(put.execution.name) ?? [];
    const begun = tries.filter(({ answer }) => answer === 'started');
    if (begun.length !== 1) return [breach(3, put.atMs, `${nameOf(put)}: expected one execution, got ${begun.length}`)];
    return begun[0]!.place < finishOf(history, put)
      ? []
      : [breach(3, begun[0]!.atMs, `${nameOf(put)}: expected it to be finished only after its execution had started`)];
  });

export const judgeExecutions = (evidence: Evidence): readonly Breach[] => {
  const { conversations, history } = evidence;
  const puts = conversations.flatMap((conversation) => conversation.puts);
  const putOf = new Map(puts.map((put) => [put.execution?.name, put]));
  const starts = effectsOf(history, 'started');
  const startsOf = groupBy(starts, ({ name }) => name);
  return [
    ...conversations.flatMap((conversation) => judgeDecisions(evidence, conversation)),
    ...puts.flatMap((put) => judgeInput(evidence, put)),
    ...judgeNames(puts),
    ...starts.flatMap((start) => judgeStart(start, putOf.get(start.name))),
    ...conversations.flatMap((conversation) => judgeOwed(evidence, conversation, startsOf)),
  ];
};
