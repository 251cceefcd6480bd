import type { RedriveOutcome } from '../core/on-call/redrive-job';
import type { RedriveLedger } from '../ports';
import { answer } from './answer';

export interface MemoryRedriveLedger extends RedriveLedger {
  readonly outcomesOf: (job: string) => readonly RedriveOutcome[];
}

export const memoryRedriveLedger = (): MemoryRedriveLedger => {
  const outcomes = new Map<string, RedriveOutcome>();
  return {
    note: (outcome) => answer(() => void outcomes.set(`${outcome.job} ${outcome.letter}`, outcome)),
    outcomesOf: (job) => [...outcomes.values()].filter((outcome) => outcome.job === job),
  };
};
