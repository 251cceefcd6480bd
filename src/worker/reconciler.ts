import type { JsonObject } from '../core/json';
import type { Checkpoint } from '../core/reconciliation/checkpoint';
import type { HeldAgainst } from '../core/reconciliation/held-against';
import { nextSlice, type Slice } from '../core/reconciliation/slice';
import type { Clock, ConversationDetails, Log, Random } from '../ports';
import type { EndedConversations, ReconciliationStore } from '../ports-reconciliation';

/*
 * The reconciliation: hours after they ended, conversations are held against what Genesys's analytics say of them. One worker of the
 * fleet at a time, by a lease in the table.
 *
 *   look ─► no lease, or too little to do: look again later
 *    │ lease
 *    ▼
 *   pages of the slice ─► held against their records ─► corrections in their windows ─► checkpoint ─► next slice
 *    │ Genesys cannot answer, the table cannot, a stop, another has the lease
 *    └─► the checkpoint stays: the slice is begun anew by whoever is next, and what was done already is found to differ no more
 */

export interface ReconcilerOutside {
  readonly clock: Clock;
  readonly random: Pick<Random, 'id'>;
  readonly log: Log;
  readonly store: ReconciliationStore;
  readonly ended: EndedConversations;
  readonly details: ConversationDetails;
  readonly holdAgainst: (conversations: readonly JsonObject[], signal: AbortSignal) => Promise<HeldAgainst>;
}

export interface ReconcilerSettings {
  readonly reconcileAfterMs: number;
  readonly retentionMs: number;
}

const lookEveryMs = 300_000;
const leaseMs = 120_000;
/** Waits under a lease: each well within it, and all together no longer than a pass is worth. */
const longestWaitMs = leaseMs / 2;
const mostWaits = 30;
/** Windows that wait for a person may wait for long, and must not fill the row. */
const mostAgain = 1_000;
const mostNamed = 20;

/** Not now: the checkpoint stays. */
class StoppedError extends Error {
  override readonly name = 'StoppedError';
  readonly retryAfterMs: number;
  constructor(message: string, retryAfterMs = lookEveryMs) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

const nothing: HeldAgainst = { compared: 0, differed: 0, unknown: [], again: [] };

const added = (a: HeldAgainst, b: HeldAgainst): HeldAgainst => ({
  compared: a.compared + b.compared,
  differed: a.differed + b.differed,
  unknown: [...a.unknown, ...b.unknown],
  again: [...a.again, ...b.again],
});

/** The fleet's lease in this worker's hands. */
const leaseOf = ({ clock, random, store }: ReconcilerOutside, settings: ReconcilerSettings) => {
  const token = random.id();
  let heldSinceMs = -Infinity;
  const take = async (): Promise<Checkpoint | null> => {
    heldSinceMs = clock.monotonicMs();
    const nowMs = clock.nowMs();
    return store.take({ token, nowMs, untilMs: nowMs + leaseMs, expiresAtMs: nowMs + settings.retentionMs });
  };
  return {
    take,
    hold: async (signal: AbortSignal): Promise<void> => {
      if (signal.aborted) throw new StoppedError('The worker stops.');
      if (clock.monotonicMs() - heldSinceMs < leaseMs / 4) return;
      if (!(await take())) throw new StoppedError('Another worker has the lease.');
    },
    advance: async (checkpoint: Checkpoint): Promise<void> => {
      if (!(await store.advance(token, checkpoint))) throw new StoppedError('Another worker has the lease.');
    },
    release: () => store.release(token),
  };
};

type Lease = ReturnType<typeof leaseOf>;

/** Those whose windows were not closed when their slice was looked at; what Genesys no longer calls ended comes again when it ends. */
const lookAgain = async (
  { details, holdAgainst }: ReconcilerOutside,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<HeldAgainst> => {
  if (ids.length === 0) return nothing;
  const answers = [...(await details.fetch(ids, 'reconciliation'))];
  const ended = answers.flatMap(([, answer]) => (answer.kind === 'complete' ? [answer.details] : []));
  const unanswered = answers.flatMap(([id, { kind }]) => (kind === 'unavailable' || kind === 'refused' ? [id] : []));
  const held = await holdAgainst(ended, signal);
  return { ...held, again: [...held.again, ...unanswered] };
};

const lookAtSlice = async (outside: ReconcilerOutside, slice: Slice, lease: Lease, signal: AbortSignal): Promise<HeldAgainst> => {
  let total = nothing;
  let waits = 0;
  for await (const page of outside.ended.endedWithin(slice)) {
    await lease.hold(signal);
    switch (page.kind) {
      case 'page':
        total = added(total, await outside.holdAgainst(page.conversations, signal));
        break;
      case 'refused':
        throw new StoppedError(`Genesys refuses to answer: ${page.why}`);
      case 'unavailable':
        waits += 1;
        if (page.retryAfterMs > longestWaitMs || waits > mostWaits)
          throw new StoppedError(`Genesys cannot answer now: ${page.why}`, page.retryAfterMs);
        await outside.clock.sleep(page.retryAfterMs, signal);
        await lease.hold(signal);
    }
  }
  return total;
};

const sayDone = ({ log }: ReconcilerOutside, { afterMs, upToMs }: Slice, found: HeldAgainst): void =>
  log.info('Compared records with what Genesys says of the same conversations.', {
    endedAfter: new Date(afterMs).toISOString(),
    endedUpTo: new Date(upToMs).toISOString(),
    compared: found.compared,
    differed: found.differed,
    again: found.again.length,
    unknown: found.unknown.length,
    unknownIds: found.unknown.length === 0 ? undefined : found.unknown.slice(0, mostNamed).join(' '),
  });

/** One slice, if there is enough to do; how long to wait before the next look. */
const pass = async (
  outside: ReconcilerOutside,
  { reconcileAfterMs }: ReconcilerSettings,
  lease: Lease,
  signal: AbortSignal,
): Promise<number> => {
  const checkpoint = await lease.take();
  if (!checkpoint) return lookEveryMs;
  const nowMs = outside.clock.nowMs();
  if (checkpoint.doneUpToMs === null) {
    // Nothing from before the installation: its events went elsewhere.
    await lease.advance({ doneUpToMs: nowMs - reconcileAfterMs, again: [] });
    return lookEveryMs;
  }
  const slice = nextSlice(checkpoint.doneUpToMs, reconcileAfterMs, nowMs);
  if (!slice) return lookEveryMs;
  const earlier = await lookAgain(outside, checkpoint.again, signal);
  const found = added(earlier, await lookAtSlice(outside, slice, lease, signal));
  await lease.hold(signal);
  await lease.advance({ doneUpToMs: slice.upToMs, again: [...new Set(found.again)].slice(-mostAgain) });
  sayDone(outside, slice, found);
  return 0;
};

/** Runs until the signal. Never rejects: what goes wrong is said, and tried again from the checkpoint. */
export const runReconciler = async (
  outside: ReconcilerOutside,
  settings: ReconcilerSettings,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, log } = outside;
  const lease = leaseOf(outside, settings);
  const isOver = (): boolean => signal.aborted;

  const look = async (): Promise<number> => {
    try {
      return await pass(outside, settings, lease, signal);
    } catch (error) {
      if (isOver()) return 0;
      if (!(error instanceof StoppedError)) {
        log.warn('The reconciliation failed; it goes on from its checkpoint.', {}, error);
        return lookEveryMs;
      }
      log.warn('The reconciliation waits; it goes on from its checkpoint.', {
        why: error.message,
        retryAfterMs: error.retryAfterMs,
      });
      return error.retryAfterMs;
    }
  };

  while (!isOver()) {
    const waitMs = await look();
    // Another may go on meanwhile.
    if (waitMs > 0 || isOver())
      await lease
        .release()
        .catch((error: unknown) => log.warn('The lease could not be let go; it runs out by itself.', {}, error));
    await clock.sleep(waitMs, signal);
  }
};
