import { isObject, textOrNull, type JsonObject } from '../core/json';
import type { DetailsAnswer, Purpose } from '../core/genesys-answers';
import type { Clock, ConversationDetails, Metrics } from '../ports';
import type { ApiAnswer, GenesysClient } from './client';

const path = '/api/v2/analytics/conversations/details';
const permission = 'analytics:conversationDetail:view';

export interface ConversationsSettings {
  /** Most ids in one request. What Genesys allows is not documented; a batch it does not take is halved. */
  readonly batchSize: number;
  /** For all requests of one fetch: the caller holds a lease. */
  readonly timeoutMs: number;
}

interface ConversationsOutside {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly metrics: Metrics;
}

/** How long batches stay as small as Genesys took them: it may take larger ones again when conversations are shorter. */
const smallMs = 600_000;

/** Ids of Genesys are UUIDs. One with a comma would be two in the list, and one that is no id fails its whole batch. */
const isAskable = (id: string): boolean => /^[\w.-]{1,100}$/.test(id);

const inBatches = (ids: readonly string[], size: number): readonly string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size));

const byId = (body: unknown): ReadonlyMap<string, JsonObject> => {
  const listed = isObject(body) ? body['conversations'] : null;
  const conversations = Array.isArray(listed) ? listed.filter(isObject) : [];
  return new Map(conversations.map((conversation) => [textOrNull(conversation['conversationId']) ?? '', conversation]));
};

const toAnswer = (details: JsonObject | undefined): DetailsAnswer => {
  if (details === undefined) return { kind: 'absent' };
  return textOrNull(details['conversationEnd']) === null ? { kind: 'incomplete', details } : { kind: 'complete', details };
};

/** The answer for each id of a batch that cannot be halved further. */
const answersOf = (ids: readonly string[], answer: ApiAnswer): readonly (readonly [string, DetailsAnswer])[] => {
  if (answer.kind === 'ok') {
    const found = byId(answer.body);
    return ids.map((id) => [id, toAnswer(found.get(id))]);
  }
  if (answer.kind !== 'unacceptable') return ids.map((id) => [id, answer]);
  // Nothing in analytics yet is an empty list or a 404, both mean "not yet".
  const ofOne: DetailsAnswer = answer.status === 404 ? { kind: 'absent' } : { kind: 'refused', why: answer.why };
  return ids.map((id) => [id, ofOne]);
};

/** The size of batches: as configured, but for a while no larger than Genesys last took. */
const createBatchSize = (configured: number, clock: Pick<Clock, 'monotonicMs'>) => {
  let small = { size: configured, untilMs: 0 };
  const now = (): number => (clock.monotonicMs() < small.untilMs ? small.size : configured);
  return {
    now,
    refused: (size: number): void => {
      small = { size: Math.min(now(), Math.ceil(size / 2)), untilMs: clock.monotonicMs() + smallMs };
    },
  };
};

interface Question {
  readonly purpose: Purpose;
  readonly endsAtMs: number;
  readonly answers: Map<string, DetailsAnswer>;
  /** Whoever could not answer one batch will not answer the next either, and each question costs quota. */
  down: ApiAnswer | null;
}

/** The analytics of Genesys Cloud: many ids to a request, because the quota counts requests. */
export const genesysConversations = (
  client: GenesysClient,
  { clock, metrics }: ConversationsOutside,
  settings: ConversationsSettings,
): ConversationDetails => {
  const size = createBatchSize(settings.batchSize, clock);

  const send = ({ purpose, endsAtMs }: Question, batch: readonly string[]): Promise<ApiAnswer> => {
    metrics.add('GenesysBatch', batch.length);
    return client.send({ path, params: { id: batch.join(',') }, permission, resource: 'details', purpose, endsAtMs });
  };

  /** Answers a batch, halved as often as it takes, and whether no single id was to blame. */
  const ask = async (question: Question, batch: readonly string[]): Promise<boolean> => {
    const answer = question.down ?? (await send(question, batch));
    if (answer.kind === 'unacceptable' && batch.length > 1) {
      let blameless = true;
      for (const half of inBatches(batch, Math.ceil(batch.length / 2))) blameless = (await ask(question, half)) && blameless;
      // Then it was their number, or the size of what there is to say of so many.
      if (blameless && question.down === null && answer.status !== 404) size.refused(batch.length);
      return blameless;
    }
    if (answer.kind === 'refused' || answer.kind === 'unavailable') question.down = answer;
    for (const [id, each] of answersOf(batch, answer)) question.answers.set(id, each);
    return answer.kind !== 'unacceptable';
  };

  return {
    fetch: async (conversationIds, purpose) => {
      const distinct = [...new Set(conversationIds)];
      const endsAtMs = clock.monotonicMs() + settings.timeoutMs;
      const question: Question = { purpose, endsAtMs, answers: new Map(), down: null };
      const left = distinct.filter(isAskable);
      // The size may shrink on the way.
      while (left.length > 0) await ask(question, left.splice(0, size.now()));
      for (const id of distinct)
        if (!isAskable(id))
          question.answers.set(id, { kind: 'refused', why: 'expected a conversation id of Genesys, got another text' });
      return question.answers;
    },
  };
};
