import { assertExecutionAllowed } from '../core/limits';
import type { StateMachine } from '../ports';
import { answer } from './answer';

export interface MemoryStateMachine extends StateMachine {
  /** Input by name, in the order of their starts. */
  readonly executions: () => ReadonlyMap<string, string>;
}

export const memoryStateMachine = (): MemoryStateMachine => {
  const executions = new Map<string, string>();
  return {
    start: (execution) =>
      answer(() => {
        assertExecutionAllowed(execution);
        if (executions.has(execution.name)) return 'already';
        executions.set(execution.name, execution.input);
        return 'started';
      }),
    executions: () => executions,
  };
};
