import { isObject, textOrNull, type JsonObject } from '../core/json';
import type { DetailsAnswer, Purpose } from '../core/genesys-answers';
import type { ConversationDetails } from '../ports';
import type { ApiAnswer, GenesysClient } from './client';

const path = '/api/v2/analytics/conversations/details';
const permission = 'analytics:conversationDetail:view';

export interface ConversationsSettings {
  /** Most ids in one request. What Genesys allows is not documented; a batch it does not take is halved. */
  readonly batchSize: number;
}

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

const fetchAll = async (
  client: GenesysClient,
  ids: readonly string[],
  { batchSize, purpose }: { readonly batchSize: number; readonly purpose: Purpose },
): Promise<Map<string, DetailsAnswer>> => {
  const answers = new Map<string, DetailsAnswer>();
  const batches = [...inBatches(ids, batchSize)];
  let down: ApiAnswer | null = null;
  for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
    const answer: ApiAnswer =
      down ?? (await client.send({ path, params: { id: batch.join(',') }, permission, resource: 'details', purpose }));
    if (answer.kind === 'unacceptable' && batch.length > 1) {
      batches.unshift(...inBatches(batch, Math.ceil(batch.length / 2)));
      continue;
    }
    // Whoever could not answer these will not answer the rest either, and each question costs quota.
    if (answer.kind === 'refused' || answer.kind === 'unavailable') down = answer;
    for (const [id, each] of answersOf(batch, answer)) answers.set(id, each);
  }
  return answers;
};

/** The analytics of Genesys Cloud: many ids to a request, because the quota counts requests. */
export const genesysConversations = (client: GenesysClient, { batchSize }: ConversationsSettings): ConversationDetails => ({
  fetch: async (conversationIds, purpose) => {
    const distinct = [...new Set(conversationIds)];
    const answers = await fetchAll(client, distinct.filter(isAskable), { batchSize, purpose });
    for (const id of distinct)
      if (!isAskable(id)) answers.set(id, { kind: 'refused', why: 'expected a conversation id of Genesys, got another text' });
    return answers;
  },
});
