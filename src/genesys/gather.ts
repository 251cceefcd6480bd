import { purposes, type DetailsAnswer, type Purpose } from '../core/genesys-answers';
import type { Clock, ConversationDetails } from '../ports';

/*
 * Windows that close together ask together: the quota counts requests, not conversations.
 *
 *   first asks      others ask                          answers
 *       |-- gatherMs --|------- one request for all -------|
 *                      '- sooner, when the batch is full
 */

export interface GatherSettings {
  /** How long a first question waits for others; 0: for those of the same moment only. */
  readonly gatherMs: number;
  readonly batchSize: number;
}

type Answers = ReadonlyMap<string, DetailsAnswer>;

interface Batch {
  readonly ids: Set<string>;
  purpose: Purpose;
  /** Ends the wait. */
  readonly full: AbortController;
  readonly answers: Promise<Answers>;
}

const moreUrgent = (one: Purpose, other: Purpose): Purpose => (purposes.indexOf(one) <= purposes.indexOf(other) ? one : other);

/** Puts an id into a batch, its own if it is asked for already, by whomever. */
const createJoin = (
  details: ConversationDetails,
  clock: Pick<Clock, 'sleep'>,
  { gatherMs, batchSize }: GatherSettings,
): ((id: string, purpose: Purpose) => Batch) => {
  const asked = new Map<string, Batch>();
  let open: Batch | null = null;

  const close = (batch: Batch): void => {
    if (open === batch) open = null;
    batch.full.abort();
  };

  const ask = async (batch: Batch): Promise<Answers> => {
    await clock.sleep(gatherMs, batch.full.signal);
    close(batch);
    try {
      return await details.fetch([...batch.ids], batch.purpose);
    } finally {
      for (const id of batch.ids) asked.delete(id);
    }
  };

  const begin = (purpose: Purpose): Batch => {
    const batch = { ids: new Set<string>(), purpose, full: new AbortController() };
    // A batch is asked for in a later turn at the earliest: who begins it has put its id in by then.
    const whole: Batch = Object.assign(batch, { answers: Promise.resolve().then(() => ask(whole)) });
    return whole;
  };

  return (id, purpose) => {
    const batch = asked.get(id) ?? (open ??= begin(purpose));
    batch.purpose = moreUrgent(batch.purpose, purpose);
    batch.ids.add(id);
    asked.set(id, batch);
    if (batch.ids.size >= batchSize) close(batch);
    return batch;
  };
};

/** The same answers for the same ids, from fewer questions. */
export const gatheredDetails = (
  details: ConversationDetails,
  clock: Pick<Clock, 'sleep'>,
  settings: GatherSettings,
): ConversationDetails => {
  const join = createJoin(details, clock, settings);
  return {
    fetch: async (conversationIds, purpose) => {
      const batches = conversationIds.map((id) => [id, join(id, purpose)] as const);
      const answers = await Promise.all(
        batches.map(async ([id, batch]) => [id, (await batch.answers).get(id) ?? { kind: 'absent' }] as const),
      );
      return new Map<string, DetailsAnswer>(answers);
    },
  };
};
