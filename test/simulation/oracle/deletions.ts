import type { Breach } from '../history';
import { breach } from './effects';
import type { Evidence } from './evidence';
import type { MessageTrail } from './message-trails';

/*
 * Promise 1. A message is deleted only after its events are in the table or it is set aside with its reason; nothing is dropped
 * silently. Of a message that is bad in part both must have happened; of one that nobody knew yet, either.
 */

/** Where each fact was first stored. */
const firstStored = ({ conversations }: Evidence): ReadonlyMap<string, number> =>
  new Map(
    conversations.flatMap(({ stored }) => [...stored].map(([id, places]): [string, number] => [id, places[0] ?? Infinity])),
  );

const settle = (trail: MessageTrail, storedAt: ReadonlyMap<string, number>, place: number) => {
  const absent = trail.truth.facts.filter((id) => (storedAt.get(id) ?? Infinity) > place);
  const isSetAside = trail.setAside.some((letter) => letter.place < place);
  return { absent, isSetAside };
};

const judgeDeletion = (trail: MessageTrail, storedAt: ReadonlyMap<string, number>): readonly Breach[] => {
  const [deletion] = trail.deleted;
  if (!deletion) return [];
  const { rejection } = trail.truth;
  const { absent, isSetAside } = settle(trail, storedAt, deletion.place);
  const { messageId } = trail.sent;
  const isForWhatWasUnknown = rejection !== null && rejection.knownFromMs !== null;
  if (isForWhatWasUnknown && isSetAside) return [];
  return [
    ...(absent.length > 0
      ? [
          breach(
            1,
            deletion.atMs,
            `expected ${messageId} to be deleted only after its facts were stored, but ${absent.slice(0, 3).join(', ')} (of ${absent.length}) was not`,
          ),
        ]
      : []),
    ...(rejection !== null && !isForWhatWasUnknown && !isSetAside
      ? [breach(1, deletion.atMs, `expected ${messageId} (${rejection.reason}) to be set aside before it was deleted`)]
      : []),
  ];
};

/** What is neither deleted nor gone by the redrive policy must lie in the queue. */
const judgeVanished = ({ messages, history }: Evidence): readonly Breach[] => {
  const remaining = messages.filter(({ deleted, overflowed }) => deleted.length === 0 && overflowed.length === 0);
  const { visible, inFlight } = history.left;
  if (remaining.length <= visible + inFlight) return [];
  const names = remaining.slice(0, 3).map(({ sent }) => sent.messageId);
  return [
    breach(
      1,
      history.effects.at(-1)?.atMs ?? 0,
      `expected ${remaining.length} messages that were never deleted in the queue (${names.join(', ')}), got ${visible + inFlight}`,
    ),
  ];
};

export const judgeDeletions = (evidence: Evidence): readonly Breach[] => {
  const storedAt = firstStored(evidence);
  return [...evidence.messages.flatMap((trail) => judgeDeletion(trail, storedAt)), ...judgeVanished(evidence)];
};
