import { duePartition, type Head, type HeadUpdate } from './items';
import { type RebuildMode, rebuildMark, rebuildModeOf } from './rebuild';
import { type HeadChange, updateOf, type WindowSettings } from './window';

/** What a rebuild is asked for with. */
export interface RebuildRequest {
  readonly mode: RebuildMode;
  /** Random. */
  readonly id: string;
  /** The fleet's: where "due at once" lies on the axis of an open window, and behind what live traffic has brought until now. */
  readonly watermarkMs: number;
}

/** Any shard is looked after, and each claim puts the window into its own: so nobody needs to know how many there are. */
const anyQueueShard = duePartition('queue', 0);

/** Somebody may have asked for a handoff already: who asks for less does not take that back. */
const markOf = (head: Head, { mode, id }: RebuildRequest): string =>
  rebuildMark(rebuildModeOf(head.rebuild) === 'handoff' ? 'handoff' : mode, id);

/**
 * The change that asks for a window to be rebuilt; null for one that waits for a person. Like a writer's, who has put an event: conditional
 * on the state that was read, and a lost race reads again.
 *
 *   open      the mark alone where no record was made yet; else also due at once: the close looks, and leaves what is not over
 *   closing   the mark, and `rearmAt`: a close that was claimed before may have read its window with older code. Its finish, which
 *             is conditional on the `rearmAt` it knows, leaves the window open, and the next close is claimed with the mark
 *   closed    the mark, and open in the same update: there is no moment in which a window is marked and nobody looks at it
 */
export const markForRebuild = (
  settings: Pick<WindowSettings, 'retentionMs'>,
  head: Head,
  request: RebuildRequest,
  nowMs: number,
): HeadUpdate | null => {
  const change = changeFor(head, request);
  return change && updateOf(settings, head.conversationId, nowMs, change);
};

const changeFor = (head: Head, request: RebuildRequest): HeadChange | null => {
  const rebuild = markOf(head, request);
  const { watermarkMs } = request;
  const before = head.rebuild ?? null;
  switch (head.state) {
    case 'open': {
      const isSooner = head.finished > 0 && watermarkMs < (head.dueAt ?? Infinity);
      return {
        expect: { state: 'open', dueAt: head.dueAt ?? null, rebuild: before },
        set: { rebuild, ...(isSooner ? { dueAt: watermarkMs } : {}) },
      };
    }
    case 'closing':
      return {
        expect: { state: 'closing', rearmAt: head.rearmAt ?? null, rebuild: before },
        set: { rebuild, ...(head.rearmAt === undefined ? { rearmAt: watermarkMs } : {}) },
      };
    case 'closed':
      return {
        expect: { state: 'closed', rebuild: before },
        set: { rebuild, state: 'open', dueAt: watermarkMs, dueOn: anyQueueShard },
      };
    case 'parked':
      return null;
  }
};
