import { memoryStateMachine } from '../../src/memory/state-machine';
import type { ExecutionDetail, Executions } from '../../src/ports-on-call';

export interface MemoryExecutions extends Executions {
  /** How one went, as far as it is otherwise than it started. */
  readonly end: (name: string, how: Partial<ExecutionDetail>) => void;
}

const failed: readonly string[] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** Executions that run until they are told how they ended. */
export const memoryExecutions = (nowMs: () => number): MemoryExecutions => {
  const machine = memoryStateMachine();
  const all = new Map<string, ExecutionDetail>();
  return {
    start: async (execution) => {
      const answer = await machine.start(execution);
      const { name, input } = execution;
      const arn = `arn:aws:states:us-east-1:000000000000:execution:enrichment:${name}`;
      const running = { status: 'RUNNING', startedAtMs: nowMs(), stoppedAtMs: null, error: null, cause: null };
      if (answer === 'started') all.set(name, { name, arn, input, ...running });
      return answer;
    },
    end: (name, how) => {
      const started = all.get(name);
      if (!started) throw new Error(`Expected an execution called ${name}, found none.`);
      all.set(name, { ...started, stoppedAtMs: nowMs(), ...how });
    },
    describe: (name) => Promise.resolve(all.get(name) ?? null),
    listFailed: async function* listFailed() {
      const over = [...all.values()].filter(({ status }) => failed.includes(status));
      for (const { name, arn, status, startedAtMs, stoppedAtMs } of over.sort((a, b) => b.startedAtMs - a.startedAtMs))
        yield await Promise.resolve({ name, arn, status, startedAtMs, stoppedAtMs });
    },
  };
};
