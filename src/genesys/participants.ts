import { isObject, objectsIn, textOrNull, type JsonObject } from '../core/json';
import { utf8Bytes } from '../core/limits';
import type { ConversationExtra } from '../ports';
import type { GenesysClient } from './client';
import { noId, toExtraAnswer } from './extra-answer';
import { isPathId } from './path-id';

/*
 * What flows and agents have attached to the participants: free-form keys, set by whoever designed the flow. Only the live
 * conversation has them; analytics do not (model `Participant` of Genesys's public SDKs, platform-client-sdk-python 258).
 */

const permission = 'conversation:communication:view';

/** Of all keys and values together. Genesys documents no limit; an execution's input holds 256 KiB, and not only these. */
const largestBytes = 64 * 1024;

/** Genesys's model says texts; a number or a truth value is written as one. */
const asText = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

/** Sorted, so that one conversation always loses the same ones. */
const attributesOf = (participant: JsonObject): readonly (readonly [string, string])[] => {
  const attributes = isObject(participant['attributes']) ? participant['attributes'] : {};
  return Object.keys(attributes)
    .sort()
    .flatMap((key) => {
      const text = asText(attributes[key]);
      return text === null ? [] : [[key, text] as const];
    });
};

/** An attribute that no longer fits is left out whole: half a value is another value. */
const createRoom = () => {
  let left = largestBytes;
  let isShort = false;
  return {
    takes: ([key, text]: readonly [string, string]): boolean => {
      const bytes = utf8Bytes(key) + utf8Bytes(text);
      const fits = bytes <= left;
      if (fits) left -= bytes;
      else isShort = true;
      return fits;
    },
    wasShort: (): boolean => isShort,
  };
};

const read = (body: JsonObject): JsonObject => {
  const room = createRoom();
  const participants = objectsIn(body['participants']).flatMap((participant) => {
    const participantId = textOrNull(participant['id']);
    const attributes = Object.fromEntries(attributesOf(participant).filter(room.takes));
    if (participantId === null || Object.keys(attributes).length === 0) return [];
    return [{ participantId, purpose: textOrNull(participant['purpose']), attributes }];
  });
  return { participants, truncated: room.wasShort() };
};

export const genesysParticipants = (client: GenesysClient): ConversationExtra => ({
  name: 'participantAttributes',
  fetch: async (conversationId, purpose) => {
    if (!isPathId(conversationId)) return noId;
    const path = `/api/v2/conversations/${conversationId}`;
    return toExtraAnswer(await client.send({ path, permission, resource: 'conversation', purpose }), read);
  },
});
