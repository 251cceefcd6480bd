import { detailsOf } from '../formats/detail-envelope';
import type { Entry } from '../formats/entry';
import type { Envelope } from '../formats/envelope';
import { adapters } from '../formats/read-events';
import { isObject, type Json, type JsonObject, textOrNull } from '../json';
import type { SchemaRegistry } from '../schema-registry';

/** Of a message that no event was made of: as much as can be read. */
export interface LetterEntries {
  readonly entries: readonly Entry[];
  readonly conversationIds: readonly string[];
}

const mostIds = 20;
const longestId = 200;

const valueAt = (body: JsonObject, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), body);

/** Where a subject says that its events name their conversation; where none says, they all name it here. */
const idOfEntry = ({ payload, subject }: Entry): string | null =>
  textOrNull(valueAt(payload, subject?.reads.conversationId ?? 'conversationId'));

const idsOf = (envelope: Envelope, entries: readonly Entry[]): readonly string[] => {
  const { data, detail } = envelope.object;
  switch (envelope.format) {
    case 'detail-envelope':
      return [textOrNull(isObject(data) ? data['id'] : null) ?? ''];
    case 'conversation-end':
      return [textOrNull(isObject(detail) ? detail['conversationId'] : null) ?? ''];
    case 'genesys':
      return entries.map((entry) => idOfEntry(entry) ?? '');
  }
};

/** More entries than the worker would look at are not looked at here either. */
const mostDetails = 10_000;

export const readLetterEntries = (envelope: Envelope, registry: SchemaRegistry): LetterEntries => {
  const isTooMuch = envelope.format === 'detail-envelope' && detailsOf(envelope).length > mostDetails;
  const entries = isTooMuch ? [] : adapters[envelope.format](envelope, registry);
  const ids = new Set(idsOf(envelope, entries).filter((id) => id !== '' && id.length <= longestId));
  return { entries, conversationIds: [...ids].slice(0, mostIds) };
};
