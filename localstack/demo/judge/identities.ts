import type { StoredRecord } from '../../../src/core/items';

type StoredContent = StoredRecord['record'];

const participantsWhere = (
  { participants, sessions }: StoredContent,
  is: (one: { readonly userId: string | null; readonly externalContactIds?: readonly string[] }) => boolean,
): readonly string[] => {
  const named = [...participants, ...sessions].filter(is).flatMap(({ participantId }) => participantId ?? []);
  return named.filter((id, place) => named.indexOf(id) === place).sort();
};

/** As documented: each external contact, then each user, by its id; with every participant that it was, and a name that is known. */
export const expectedIdentities = (record: StoredContent, names: Readonly<Record<string, string>> = {}): readonly unknown[] => [
  ...[...record.externalContactIds].sort().map((id) => ({
    kind: 'externalContact',
    id,
    participantIds: participantsWhere(record, (one) => one.externalContactIds?.includes(id) ?? false),
  })),
  ...[...record.agentIds].sort().map((id) => ({
    kind: 'user',
    id,
    participantIds: participantsWhere(record, ({ userId }) => userId === id),
    ...(names[id] === undefined ? {} : { name: names[id] }),
  })),
];
