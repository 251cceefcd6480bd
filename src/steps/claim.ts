import type { Head, HeadUpdate } from '../core/items';
import { claimWindow, renewLease } from '../core/window-close';
import type { DueWindow } from '../ports';
import type { Outside, PipelineSettings } from './outside';

/** Somebody else holds the window now: this close has nothing more to do, and nothing it did needs undoing. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
}

/** One close's hold on a window. */
export interface Claim {
  readonly conversationId: string;
  /** The head as it was claimed: it says the next revision, whatever happens to the head meanwhile. */
  readonly claimed: Head;
  /** Renews the lease where a good part of it is gone; rejects with ClaimLostError when it is no longer ours. */
  readonly hold: () => Promise<void>;
  /** Ends the close with one update, built anew from the head if a writer re-armed it meanwhile. */
  readonly end: (build: (head: Head, nowMs: number) => HeadUpdate) => Promise<Head>;
}

/** A writer re-arms a closing window at most once, so the second try meets a head that stands still. */
const endTries = 5;

/** Marks a due window as closing. Null when it was not as seen: somebody else took it, or it has moved on. */
export const takeClaim = async (
  { table, clock, random }: Pick<Outside, 'table' | 'clock' | 'random'>,
  settings: PipelineSettings,
  due: DueWindow,
): Promise<Claim | null> => {
  // From before the call: its lease began then, and the SDK may have tried for half of it.
  let heldSince = clock.monotonicMs();
  const claimed = await table.updateHead(claimWindow(settings, due, random.id(), clock.nowMs()));
  if (!claimed) return null;
  const { conversationId } = due;
  let head = claimed;

  const reread = async (): Promise<Head> => {
    const { heads } = await table.readHeads([conversationId]);
    const now = heads.get(conversationId);
    if (!now || now.token !== claimed.token)
      throw new ClaimLostError(`The window of ${conversationId} was claimed by another worker.`);
    return now;
  };

  return {
    conversationId,
    claimed,
    hold: async () => {
      if (clock.monotonicMs() - heldSince < settings.leaseMs / 4) return;
      const since = clock.monotonicMs();
      const renewed = await table.updateHead(renewLease(settings, head, clock.nowMs()));
      head = renewed ?? (await reread());
      heldSince = since;
    },
    end: async (build) => {
      for (let attempt = 0; attempt < endTries; attempt++) {
        const ended = await table.updateHead(build(head, clock.nowMs()));
        if (ended) return ended;
        head = await reread();
      }
      throw new ClaimLostError(`The window of ${conversationId} changed ${endTries} times while it was being finished.`);
    },
  };
};
