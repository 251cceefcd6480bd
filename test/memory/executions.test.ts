import { executionsContract } from '../contract/executions.contract';
import { memoryExecutions } from './executions';

executionsContract('memory', () => {
  let nowMs = 0;
  const executions = memoryExecutions(() => (nowMs += 1));
  const settle = async (): Promise<void> => {
    for (const name of ['first', 'second', 'third', 'one']) {
      const running = await executions.describe(name);
      if (running?.status !== 'RUNNING') continue;
      const fails = running.input.includes('fails');
      executions.end(name, fails ? { status: 'FAILED', error: 'Crm.Refused', cause: 'It is full.' } : { status: 'SUCCEEDED' });
    }
  };
  return Promise.resolve({ executions, settle });
});
