import { keys } from '../../src/core/items';
import type { AuditEntry } from '../../src/core/on-call/audit';
import { answer } from '../../src/memory/answer';
import type { AuditTrail } from '../../src/ports-on-call';

export interface MemoryAuditTrail extends AuditTrail {
  readonly entries: () => readonly AuditEntry[];
}

const keyOf = ({ atMs, id }: AuditEntry): string => keys.audit(atMs, id).sk;
const byKey = (a: AuditEntry, b: AuditEntry): number => (keyOf(a) < keyOf(b) ? -1 : 1);

export const memoryAuditTrail = (): MemoryAuditTrail => {
  const entries = new Map<string, string>();
  const all = (): readonly AuditEntry[] => [...entries.values()].map((json) => JSON.parse(json) as AuditEntry).sort(byKey);
  return {
    append: (entry) =>
      answer(() => {
        const json = JSON.stringify(entry);
        const there = entries.get(keyOf(entry)) ?? json;
        if (there !== json) throw new Error(`Expected audit entry ${entry.id} to be new, found another of that name.`);
        entries.set(keyOf(entry), json);
      }),
    read: (atMs) => answer(() => all().filter((entry) => keys.audit(entry.atMs, '').pk === keys.audit(atMs, '').pk)),
    entries: all,
  };
};
