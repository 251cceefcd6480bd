import { answer } from '../../src/memory/answer';
import type { KeptKeys } from '../../src/ports-ingest';
import { expirySeconds } from '../../src/table/item-codec';

/** Expires by the second, like the table. */
export const memoryKeptKeys = (): KeptKeys => {
  const kept = new Map<string, { readonly messageId: string; readonly untilMs: number }>();
  const standing = (digest: string, nowMs: number): string | null => {
    const found = kept.get(digest);
    return found !== undefined && found.untilMs > nowMs ? found.messageId : null;
  };
  return {
    find: (digest, nowMs) => answer(() => standing(digest, nowMs)),
    keep: (digest, { messageId, expiresAtMs }, nowMs) =>
      answer(() => {
        const before = standing(digest, nowMs);
        if (before === null) kept.set(digest, { messageId, untilMs: expirySeconds(expiresAtMs) * 1000 });
        return before ?? messageId;
      }),
  };
};
