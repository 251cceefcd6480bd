import { answer } from '../../src/memory/answer';
import type { Checkpoint } from '../../src/core/reconciliation/checkpoint';
import type { ReconciliationStore } from '../../src/ports-reconciliation';

export const memoryReconciliationStore = (): ReconciliationStore & { readonly checkpoint: () => Checkpoint } => {
  let held: { readonly token: string; readonly untilMs: number } | null = null;
  let checkpoint: Checkpoint = { doneUpToMs: null, again: [] };
  return {
    take: ({ token, nowMs, untilMs }) =>
      answer(() => {
        if (held && held.token !== token && held.untilMs > nowMs) return null;
        held = { token, untilMs };
        return checkpoint;
      }),
    advance: (token, next) =>
      answer(() => {
        if (held?.token !== token) return false;
        checkpoint = next;
        return true;
      }),
    release: (token) =>
      answer(() => {
        if (held?.token === token) held = null;
      }),
    checkpoint: () => checkpoint,
  };
};
