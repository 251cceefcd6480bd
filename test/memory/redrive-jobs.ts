import type { Move, RedriveJob } from '../../src/core/on-call/redrive-job';
import { answer } from '../../src/memory/answer';
import { memoryRedriveLedger, type MemoryRedriveLedger } from '../../src/memory/redrive-ledger';
import type { RedriveJobs } from '../../src/ports-on-call';

interface Kept {
  readonly job: RedriveJob;
  readonly selection: readonly string[];
  readonly token: string | null;
}

/** Redrives in memory; the ledger is the one that the workers write to. */
export const memoryRedriveJobs = (ledger: MemoryRedriveLedger = memoryRedriveLedger()): RedriveJobs => {
  const jobs = new Map<string, Kept>();
  const moves = new Map<string, Map<string, Move>>();

  const change = (job: string, changed: Partial<RedriveJob>): boolean => {
    const kept = jobs.get(job);
    if (kept) jobs.set(job, { ...kept, job: { ...kept.job, ...changed } });
    return kept !== undefined;
  };
  const take = (job: string, token: string, nowMs: number, untilMs: number): boolean => {
    const kept = jobs.get(job);
    const isFree = kept && (kept.token === null || kept.token === token || (kept.job.heldUntilMs ?? 0) <= nowMs);
    if (!isFree) return false;
    jobs.set(job, { ...kept, token, job: { ...kept.job, heldUntilMs: untilMs } });
    return true;
  };
  const release = (job: string, token: string): void => {
    const kept = jobs.get(job);
    if (kept?.token !== token) return;
    const free: { -readonly [K in keyof RedriveJob]: RedriveJob[K] } = { ...kept.job };
    delete free.heldUntilMs;
    jobs.set(job, { ...kept, token: null, job: free });
  };
  const note = (job: string, some: readonly Move[]): void => {
    const noted = moves.get(job) ?? new Map<string, Move>();
    for (const move of some) noted.set(move.id, move);
    moves.set(job, noted);
  };

  return {
    create: (job, selection) =>
      answer(() => {
        if (!jobs.has(job.job)) jobs.set(job.job, { job, selection, token: null });
      }),
    read: (job) => answer(() => jobs.get(job)?.job ?? null),
    selectionOf: (job) => answer(() => jobs.get(job)?.selection ?? []),
    list: () => answer(() => [...jobs.values()].map(({ job }) => job).sort((a, b) => b.startedAtMs - a.startedAtMs)),
    take: (...lease) => answer(() => take(...lease)),
    release: (job, token) => answer(() => release(job, token)),
    setState: (job, state, because) =>
      answer(() => void change(job, { state, because, ...(state === 'running' ? { cancel: false } : {}) })),
    askToCancel: (job) => answer(() => change(job, { cancel: true })),
    noteMoves: (job, some) => answer(() => note(job, some)),
    movesOf: (job) => answer(() => [...(moves.get(job)?.values() ?? [])]),
    outcomesOf: (job, letters) => answer(() => ledger.outcomesOf(job).filter(({ letter }) => letters?.includes(letter) ?? true)),
  };
};
