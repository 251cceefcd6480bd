import type { SimulatedRight } from '../ports-doctor';
import { judge, tell, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

const judgePlace = (on: string, rights: readonly SimulatedRight[]): Finding => {
  const hanging = rights.filter(({ decision, missing }) => decision === 'implicitDeny' && missing.length > 0);
  const denied = rights.filter((right) => right.decision !== 'allowed' && !hanging.includes(right));
  const actions = (some: readonly SimulatedRight[]): string => some.map(({ action }) => action).join(', ');
  if (denied.length === 0 && hanging.length > 0)
    return {
      check: on,
      status: 'unknown',
      expected: `${actions(rights)} allowed`,
      actual: `${actions(hanging)} hang on ${[...new Set(hanging.flatMap(({ missing }) => missing))].join(', ')}`,
      todo: 'Look at the conditions of its policy: IAM cannot say without a request.',
    };
  const isExplicit = denied.some(({ decision }) => decision === 'explicitDeny');
  return judge({
    check: on,
    expected: `${actions(rights)} allowed`,
    actual: denied.length === 0 ? 'allowed' : `not allowed: ${actions(denied)}${isExplicit ? ', by an explicit deny' : ''}`,
    isRight: denied.length === 0,
    todo: isExplicit
      ? 'Find the deny: a policy of the role, its permissions boundary, or one of the organisation.'
      : 'Add them to the policy of the role, on this resource: src/core/worker-rights.ts has them all.',
  });
};

const inWords: Readonly<Record<SimulatedRight['on'], string>> = {
  intakeQueue: 'on the intake queue',
  deadLetterQueue: 'on the dead-letter queue',
  table: 'on the table',
  dueIndex: 'on the index',
  stateMachine: 'on the state machine',
  topic: 'on the topic',
  genesysSecret: 'on the secret',
};

/** Whoever looks need not be a worker. */
const tellOther = (judged: readonly Finding[]): Finding => {
  const lacking = judged.filter(({ status }) => status === 'wrong').map(({ check }) => check);
  const may = lacking.length === 0 ? 'could be a worker' : `could be no worker: lacks rights ${lacking.join(', ')}`;
  return tell('rights', `whoever calls ${may}. With --stack the workers' role is asked about`);
};

export interface SeenRights {
  /** ARN of a role or user; null: nobody knows. */
  readonly principal: string | null;
  /** False: it is whoever calls, which in a worker's container is the same. */
  readonly isOfWorkers: boolean;
  readonly rights: Seen<readonly SimulatedRight[]>;
}

export const judgeRights = ({ principal, isOfWorkers, rights: seen }: SeenRights): readonly Finding[] => {
  const expected = `what a worker needs, for ${principal ?? 'its role'}`;
  const todo = 'Deploy the stack: IAM has no such role.';
  return ifSeen(seen, { check: 'rights', expected, todo }, (rights) => {
    const places = [...new Set(rights.map(({ on }) => on))];
    const judged = places.map((on) =>
      judgePlace(
        inWords[on],
        rights.filter((right) => right.on === on),
      ),
    );
    return isOfWorkers ? [tell('role', String(principal)), ...judged] : [tellOther(judged)];
  });
};
