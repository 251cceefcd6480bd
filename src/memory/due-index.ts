import type { DueWindow } from '../ports';

interface Change {
  readonly conversationId: string;
  readonly place: DueWindow | null;
}

/**
 * The sparse index `due`. DynamoDB's lags behind the table; a stale one here shows a change only once it is settled, oldest
 * first, so a reader may miss a window or be told of one that has moved on.
 */
export const dueIndex = (stale: boolean) => {
  const partitions = new Map<string, Map<string, DueWindow>>();
  const placed = new Map<string, DueWindow>();
  const pending: Change[] = [];

  const apply = ({ conversationId, place }: Change): void => {
    const old = placed.get(conversationId);
    if (old) partitions.get(old.dueOn)?.delete(conversationId);
    placed.delete(conversationId);
    if (!place) return;
    placed.set(conversationId, place);
    const partition = partitions.get(place.dueOn) ?? new Map<string, DueWindow>();
    partitions.set(place.dueOn, partition.set(conversationId, place));
  };

  return {
    put: (conversationId: string, place: DueWindow | null): void => {
      pending.push({ conversationId, place });
      if (!stale) pending.splice(0).forEach(apply);
    },
    settle: (changes: number): void => pending.splice(0, changes).forEach(apply),
    find: (dueOn: string, upToMs: number, limit: number): readonly DueWindow[] =>
      [...(partitions.get(dueOn)?.values() ?? [])]
        .filter(({ dueAt }) => dueAt <= upToMs)
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit),
  };
};
