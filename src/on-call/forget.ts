import type { Head } from '../core/items';
import { isHeld, parkToForget } from '../core/window-forget';
import type { ConversationEraser, StoredCounts } from '../ports-on-call';
import type { OnCallOutside } from './outside';

/*
 * Takes a conversation out of the table while the workers go on:
 *
 *   park     out of everybody's hands: a live close is waited for, and one that died can do nothing more to the head
 *   erase    events, then records, until two looks in a row find none: a writer that still sees the parked head only stores
 *   head     last, and only as it was parked: from here on what arrives begins a new life
 *   orphans  events of writers that had seen the head parked and stored behind the last look: nobody would ever close them
 *
 * Killed anywhere, the window stays parked and says why; run again, it goes on.
 */

export type ForgetOutside = Pick<OnCallOutside, 'table' | 'eraser' | 'clock' | 'retentionMs'>;

/** Somebody has the window for longer than anybody should. */
export class WindowHeldError extends Error {
  override readonly name = 'WindowHeldError';
}

/** The workers' LEASE_MS is at most so long, and one that lives renews it. */
const patienceMs = 120_000;
const lookEveryMs = 1_000;
/** From a writer's put to its head: milliseconds, seconds where the table is slow. */
const writersMs = 1_000;
/** The same, for one whose puts and heads were tried again as often as a worker tries. */
const slowWritersMs = 35_000;
const tries = 20;

const readHead = async (table: OnCallOutside['table'], conversationId: string): Promise<Head | null> => {
  for (let attempt = 0; attempt < tries; attempt++) {
    const { heads } = await table.readHeads([conversationId]);
    const head = heads.get(conversationId);
    if (head !== undefined) return head;
  }
  throw new Error('Expected the table to answer for one head, it throttles. Run it again later.');
};

/** The head as it was parked for this; null where there is none. */
const parkIt = async ({ table, clock, retentionMs }: ForgetOutside, conversationId: string): Promise<Head | null> => {
  const untilMs = clock.monotonicMs() + patienceMs;
  for (;;) {
    const head = await readHead(table, conversationId);
    if (!head) return null;
    if (!isHeld(head, clock.nowMs())) {
      const update = parkToForget({ retentionMs }, head, clock.nowMs());
      const parked = update ? await table.updateHead(update) : head;
      if (parked) return parked;
    } else if (clock.monotonicMs() >= untilMs) {
      throw new WindowHeldError(
        `Expected the close of this window to end within ${patienceMs / 1_000} s, it is still at it. Nothing more was erased. Run it again in a few minutes.`,
      );
    }
    await clock.sleep(lookEveryMs);
  }
};

const sum = (a: StoredCounts, b: StoredCounts): StoredCounts => ({
  events: a.events + b.events,
  attached: a.attached + b.attached,
  records: a.records + b.records,
});
const nothing: StoredCounts = { events: 0, attached: 0, records: 0 };
const isNothing = ({ events, attached, records }: StoredCounts): boolean => events + attached + records === 0;

const eraseContents = async ({ eraser, clock }: ForgetOutside, conversationId: string): Promise<StoredCounts> => {
  let erased = nothing;
  for (let foundNone = 0; foundNone < 2;) {
    const some = await eraser.eraseContents(conversationId);
    erased = sum(erased, some);
    foundNone = isNothing(some) ? foundNone + 1 : 0;
    if (foundNone < 2) await clock.sleep(writersMs);
  }
  return erased;
};

export interface Forgotten extends StoredCounts {
  readonly head: boolean;
  readonly guard: boolean;
  /** Something arrived meanwhile, and is a new conversation of the same id. */
  readonly newLife: boolean;
}

const isThere = (counts: Awaited<ReturnType<ConversationEraser['count']>>): boolean => !isNothing(counts);

/** What lies there without a head is somebody's on the way, or nobody's: it is given the time that a writer may need. */
const eraseOrphans = async (
  outside: ForgetOutside,
  conversationId: string,
): Promise<StoredCounts & { readonly newLife: boolean }> => {
  const { table, eraser, clock } = outside;
  const hasHead = async (): Promise<boolean> => (await readHead(table, conversationId)) !== null;
  if (await hasHead()) return { ...nothing, newLife: true };
  if (!isThere(await eraser.count(conversationId))) return { ...nothing, newLife: false };
  await clock.sleep(slowWritersMs);
  if (await hasHead()) return { ...nothing, newLife: true };
  return { ...(await eraser.eraseContents(conversationId)), newLife: false };
};

/** Rejects with WindowHeldError where somebody is closing the window all the time; a second run goes on where this one ended. */
export const forgetWindow = async (outside: ForgetOutside, conversationId: string): Promise<Forgotten> => {
  const { eraser } = outside;
  let erased = nothing;
  let parked = await parkIt(outside, conversationId);
  const hadHead = parked !== null;
  for (let attempt = 0; parked && attempt < tries; attempt++) {
    erased = sum(erased, await eraseContents(outside, conversationId));
    if (await eraser.eraseHead(conversationId, parked.life)) break;
    // A person has opened it meanwhile.
    parked = await parkIt(outside, conversationId);
  }
  const { newLife, ...orphans } = await eraseOrphans(outside, conversationId);
  const guard = !newLife && (await eraser.eraseGuard(conversationId));
  return { ...sum(erased, orphans), head: hadHead, guard, newLife };
};
