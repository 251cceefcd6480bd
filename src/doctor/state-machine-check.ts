import type { DescribedStateMachine } from '../ports-doctor';
import { judge, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

/** Names that a deploy should have replaced. */
const leftIn = (definition: string): readonly string[] => [
  ...new Set([...definition.matchAll(/\$\{([A-Za-z]\w*)\}/g)].map(([, name = '']) => name)),
];

const judgeLogging = ({ logLevel, logsData }: DescribedStateMachine): Finding =>
  judge({
    check: 'logging',
    expected: 'without execution data',
    actual: `${logLevel}${logsData ? ', with execution data' : ', without'}`,
    isRight: !logsData,
    todo: 'Switch includeExecutionData off: inputs and causes hold numbers, names and transcripts.',
  });

const judgeMachine = (machine: DescribedStateMachine): readonly Finding[] => {
  const left = leftIn(machine.definition);
  return [
    judge({
      check: 'state',
      expected: 'ACTIVE',
      actual: machine.status,
      isRight: machine.status === 'ACTIVE',
      todo: 'Deploy the stack again: it is being deleted, and no execution can be started.',
    }),
    judge({
      check: 'type',
      expected: 'STANDARD',
      actual: machine.type,
      isRight: machine.type === 'STANDARD',
      todo: 'Make a STANDARD one: only there does a name protect from a second execution. The type cannot be changed.',
    }),
    judge({
      check: 'definition',
      expected: 'every name filled in',
      actual: left.length === 0 ? 'filled in' : `still has ${left.join(', ')}`,
      isRight: left.length === 0,
      todo: 'Deploy it with its substitutions (src/resources.ts): as it is, executions fail at the first step that needs one.',
    }),
    judgeLogging(machine),
  ];
};

export const judgeStateMachine = (seen: Seen<DescribedStateMachine>): readonly Finding[] =>
  ifSeen(
    seen,
    {
      check: 'state machine',
      expected: 'a state machine of that ARN',
      todo: 'Deploy the stack, or correct STATE_MACHINE_ARN: windows whose close would start an execution wait.',
    },
    judgeMachine,
  );
