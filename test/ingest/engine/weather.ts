import type { Clock } from '../../../src/ports';
import type { IntakeWriter, KeptKeys, WriteOutcome } from '../../../src/ports-ingest';
import type { Chance } from '../../simulation/chance';
import type { MemoryIntakeWriter } from '../../memory/intake-writer';

/** How the queue takes writes; `lost`: it takes them, and its answer does not come. */
export type QueueMood = 'well' | 'slow' | 'refusing' | 'failing' | 'partly' | 'hanging' | 'lost';
export type TableMood = 'well' | 'slow' | 'failing' | 'lost';

export interface Phase {
  readonly fromMs: number;
  readonly queue: QueueMood;
  readonly table: TableMood;
}

/** In turn, some seconds each; then all is well. */
export const drawPhases = (chance: Chance, tableFails: boolean): readonly Phase[] => {
  const phases: Phase[] = [];
  let fromMs = 0;
  for (let count = chance.whole(1, 6); count > 0; count--) {
    const queue = chance.pick(['well', 'well', 'slow', 'refusing', 'failing', 'partly', 'hanging', 'lost']);
    phases.push({ fromMs, queue, table: tableFails ? chance.pick(['well', 'slow', 'failing', 'lost']) : 'well' });
    fromMs += chance.whole(500, 12_000);
  }
  return [...phases, { fromMs, queue: 'well', table: 'well' }];
};

interface Sky {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly now: () => Phase;
}

const away = (): Error => new Error('It does not answer.');

/** What the door must never ask of SQS is told to `note`. */
export const weatheredWriter = ({ clock, chance, now }: Sky, queue: MemoryIntakeWriter, note: (problem: string) => void) => {
  let running = 0;
  const put: IntakeWriter['write'] = async (batch) => {
    try {
      return await queue.write(batch);
    } catch (error) {
      note(`a write that SQS refuses: ${String(error)}`);
      throw error;
    }
  };
  const failed: WriteOutcome = { kind: 'failed', why: 'InternalError' };
  const attempt: IntakeWriter['write'] = async (batch) => {
    switch (now().queue) {
      case 'well':
        await clock.sleep(chance.whole(1, 50));
        return put(batch);
      case 'slow':
        await clock.sleep(chance.whole(500, 6_000));
        return put(batch);
      case 'refusing':
        await clock.sleep(chance.whole(1, 20));
        throw away();
      case 'failing':
        await clock.sleep(chance.whole(1, 20));
        return batch.map(() => failed);
      case 'partly': {
        await clock.sleep(chance.whole(1, 50));
        const takes = batch.map(() => chance.is(0.6));
        const outcomes = await put(batch.filter((_, at) => takes[at]));
        return takes.map((isTaken, at) => (isTaken ? outcomes[takes.slice(0, at).filter(Boolean).length]! : failed));
      }
      case 'hanging':
        await clock.sleep(6_000);
        throw away();
      case 'lost':
        await put(batch);
        await clock.sleep(chance.whole(1, 6_000));
        throw away();
    }
  };
  const write: IntakeWriter['write'] = async (batch) => {
    running += 1;
    if (running > 8) note(`${running} writes at once`);
    try {
      return await attempt(batch);
    } finally {
      running -= 1;
    }
  };
  return { write, running: () => running };
};

export const weatheredKeys = ({ clock, chance, now }: Sky, keys: KeptKeys): KeptKeys => {
  const through = async <T>(ask: () => Promise<T>): Promise<T> => {
    const mood = now().table;
    await clock.sleep(mood === 'slow' ? chance.whole(100, 5_000) : chance.whole(1, 10));
    if (mood === 'failing') throw away();
    const answer = await ask();
    if (mood === 'lost') throw away();
    return answer;
  };
  return {
    find: (digest, nowMs) => through(() => keys.find(digest, nowMs)),
    keep: (digest, kept, nowMs) => through(() => keys.keep(digest, kept, nowMs)),
  };
};
