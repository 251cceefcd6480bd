import { run } from '../src/cli';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line without a process of its own, where only arguments, answers and exit code matter. */
export const runHere = async (...args: readonly string[]): Promise<Ran> => {
  const written = { stdout: '', stderr: '' };
  const stop = new AbortController().signal;
  const code = await run(args, {
    out: (some) => void (written.stdout += some),
    err: (some) => void (written.stderr += some),
    stopSignals: () => ({ soft: stop, hard: stop }),
    ask: () => Promise.resolve(null),
    isWatched: false,
    program: 'tidemark/1.2.3',
  });
  return { code, ...written };
};
