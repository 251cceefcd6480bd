import type { Posted } from '../demo/door/sender';
import type { Difference } from '../demo/judge/difference';

/** Accepted posts whose message no worker has dealt with: accepted, and lost. Named by the message's id. */
export const acceptedButLost = (posted: readonly Posted[], deleted: ReadonlySet<string>): readonly string[] => {
  const ids = new Set(posted.flatMap(({ answer }) => answer?.messageId ?? []));
  return [...ids].filter((id) => !deleted.has(id));
};

export const judgeLost = (ids: readonly string[]): readonly Difference[] =>
  ids.map((id) => ({
    where: 'ingest',
    what: `message ${id}: expected a worker to have dealt with what was accepted, got nothing`,
  }));
