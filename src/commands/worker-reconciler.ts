import { dynamoReconciliationStore } from '../aws/reconciliation-store';
import type { Table } from '../aws/table';
import type { Config } from '../config';
import type { EndedConversations } from '../ports-reconciliation';
import { holdAgainstAnalytics } from '../steps/hold-against-analytics';
import type { Outside } from '../steps/outside';
import { runReconciler } from '../worker/reconciler';

/** Compares records with Genesys's analytics until the signal; where that is switched off, it is over at once. Never rejects. */
export const reconcile = async (
  config: Config,
  outside: Outside & { readonly ended: EndedConversations | null },
  table: Table,
  over: AbortSignal,
): Promise<void> => {
  const { callDetails, retentionMs } = config;
  const { ended, details } = outside;
  if (callDetails.kind === 'off' || callDetails.reconcileAfterMs === 0 || !ended || !details) return;
  const store = dynamoReconciliationStore(table);
  const holdAgainst = holdAgainstAnalytics(outside, config);
  const { reconcileAfterMs } = callDetails;
  await runReconciler({ ...outside, ended, details, store, holdAgainst }, { reconcileAfterMs, retentionMs }, over);
};
