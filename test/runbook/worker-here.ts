import { work } from '../../src/commands/worker';
import { loadConfig } from '../../src/config';

/** A worker in this process; what it would print is not printed. */
export const startWorkerHere = (environment: Readonly<Record<string, string>>): { readonly stop: () => Promise<void> } => {
  const [soft, hard] = [new AbortController(), new AbortController()];
  const silent = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const running = work(loadConfig({ ...environment, HEALTH_PORT: '0' }), 'tidemark/1.2.3', {
    soft: soft.signal,
    hard: hard.signal,
  });
  return {
    stop: async () => {
      soft.abort();
      await running;
      silent.mockRestore();
    },
  };
};
