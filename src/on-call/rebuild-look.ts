import { foldConversation } from '../core/conversation/fold';
import type { HandoffPolicy } from '../core/handoff';
import { type Head, madeOfDigest } from '../core/items';
import { rebuildMark } from '../core/rebuild';
import { makeRecord } from '../core/revision';
import { paneOfClose } from '../core/window-close';
import { readWindow } from '../steps/read-window';
import { compareRead, mapperOf } from '../steps/reconstruct';
import type { OnCallOutside } from './outside';
import { pagesAsked, type RebuildAsked } from './rebuild';

/** What a rebuild would lead to, as far as a sample tells. */
export interface RebuildSample {
  readonly looked: number;
  readonly same: number;
  readonly changes: number;
  /** Of those that change. */
  readonly handedOff: number;
  /** Some of what their record was made of is gone: it is kept as it is. */
  readonly expired: number;
  /** The code of today fails on them: their closes would, too. */
  readonly fails: number;
  /** How many would change in each field. Names only. */
  readonly fields: Readonly<Record<string, number>>;
}

export interface RebuildLook {
  readonly found: number;
  readonly parked: number;
  /** Items that the scan went over, and what it cost. */
  readonly items: number;
  readonly readUnits: number;
  readonly sample: RebuildSample;
}

type LookOutside = Pick<OnCallOutside, 'table' | 'scan' | 'registry'>;

type Verdict =
  | { readonly kind: 'same' | 'expired' | 'fails' }
  | { readonly kind: 'changes'; readonly handsOff: boolean; readonly fields: readonly string[] };

/** In hash order of their ids, so the first ones are as good as drawn. */
const sampleSize = 200;

const holdNothing = (): Promise<void> => Promise.resolve();

/** What a close of this window that is claimed with the mark would do, with the code that runs here. */
const tryHead = async ({ table, registry }: LookOutside, head: Head, { mode, policy }: Wanted): Promise<Verdict> => {
  const claimed = { ...head, rebuild: rebuildMark(mode, 'look') };
  const read = await readWindow(table, { conversationId: head.conversationId, claimed, hold: holdNothing });
  const { last, events } = read;
  const there = new Set(events.map(({ event }) => madeOfDigest(event.fingerprint)));
  const isWhole = last?.madeOf.every((digest) => there.has(digest)) ?? true;
  if (events.length === 0 || !isWhole) return { kind: 'expired' };
  try {
    const folded = foldConversation(
      events.map(({ event }) => event),
      mapperOf(registry),
    );
    const pane = paneOfClose(head);
    const draft = compareRead(policy, folded, { ...read, watermarkMs: 0, claimed })({ pane, gaveUp: false, leave: null });
    if (!draft) return { kind: 'same' };
    const record = makeRecord({
      content: folded.content,
      life: head.life,
      revision: head.finished + 1,
      pane,
      previous: last?.record ?? null,
      expiredHistory: draft.gone.length > 0,
    });
    return { kind: 'changes', handsOff: draft.handsOff, fields: record.changed };
  } catch {
    return { kind: 'fails' };
  }
};

interface Wanted extends Pick<RebuildAsked, 'mode'> {
  readonly policy: HandoffPolicy;
}

const counted = (verdicts: readonly Verdict[]): RebuildSample => {
  const count = (kind: Verdict['kind']): number => verdicts.filter((one) => one.kind === kind).length;
  const changes = verdicts.filter((one) => one.kind === 'changes');
  const fields: Record<string, number> = {};
  for (const field of changes.flatMap((one) => one.fields)) fields[field] = (fields[field] ?? 0) + 1;
  return {
    looked: verdicts.length,
    same: count('same'),
    changes: changes.length,
    handedOff: changes.filter(({ handsOff }) => handsOff).length,
    expired: count('expired'),
    fails: count('fails'),
    fields,
  };
};

/** Counts the windows that would be marked, and holds a sample of them against the code that runs here. Changes nothing. */
export const lookAtRebuild = async (
  outside: LookOutside,
  asked: Omit<RebuildAsked, 'perSecond'> & Wanted,
  watch: { readonly stop: AbortSignal; readonly onProgress: (items: number) => void },
): Promise<RebuildLook> => {
  const look = { found: 0, parked: 0, items: 0, readUnits: 0 };
  const verdicts: Verdict[] = [];
  for await (const { heads, items, readUnits } of pagesAsked(outside, asked)) {
    look.found += heads.length;
    look.parked += heads.filter(({ state }) => state === 'parked').length;
    look.items += items;
    look.readUnits += readUnits;
    for (const head of heads.slice(0, sampleSize - verdicts.length)) verdicts.push(await tryHead(outside, head, asked));
    watch.onProgress(look.items);
    if (watch.stop.aborted) break;
  }
  return { ...look, sample: counted(verdicts) };
};
