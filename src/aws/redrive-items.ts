import { createHash } from 'node:crypto';
import { keys, tableLayout } from '../core/items';
import { utf8Bytes } from '../core/limits';
import type { Move, RedriveJob, RedriveOutcome } from '../core/on-call/redrive-job';
import { expirySeconds, type Item } from '../table/item-codec';

/** A redrive's items: core/on-call/redrive-job. */

const idsInChunk = 2_000;
const bytesInChunk = 200_000;

/** Chunks that each fit an item: a conversation may have any id. */
export const chunksOfSelection = (selection: readonly string[]): readonly (readonly string[])[] => {
  const chunks: string[][] = [];
  let bytes = 0;
  for (const id of selection) {
    const size = utf8Bytes(id) + 3;
    const last = chunks.at(-1);
    const hasRoom = last !== undefined && last.length < idsInChunk && bytes + size <= bytesInChunk;
    if (hasRoom) last.push(id);
    else chunks.push([id]);
    bytes = hasRoom ? bytes + size : size;
  }
  return chunks;
};

const longestIdPart = 900;

/** An id as it is, unless it would leave the sort key too long: then its hash. */
const idPart = (id: string): string =>
  utf8Bytes(id) <= longestIdPart ? id : `h.${createHash('sha256').update(id).digest('hex')}`;

export const moveKey = (job: string, id: string) => keys.redrive(job, `M#${idPart(id)}`);
export const outcomeKey = (job: string, letter: string) => keys.redrive(job, `O#${idPart(letter)}`);

export const moveItem = (job: string, { id, did, why }: Move, expiresAtMs: number): Item => ({
  ...moveKey(job, id),
  layout: tableLayout,
  id,
  did,
  why,
  expiresAt: expirySeconds(expiresAtMs),
});

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

// Only we write these partitions: the closed sets below hold what we wrote.

export const readMove = (item: Item): Move => ({
  id: String(item['id']),
  did: item['did'] as Move['did'],
  why: textOrNull(item['why']),
});

export const readOutcome = (item: Item): RedriveOutcome => ({
  job: String(item['job']),
  letter: String(item['letter']),
  outcome: item['outcome'] as RedriveOutcome['outcome'],
  reason: textOrNull(item['reason']),
});

export const readJob = (item: Item): RedriveJob => ({
  job: String(item['job']),
  state: item['state'] as RedriveJob['state'],
  because: textOrNull(item['because']),
  startedAtMs: Number(item['startedAtMs']),
  who: String(item['who']),
  why: String(item['why']),
  what: String(item['what']),
  place: item['place'] as RedriveJob['place'],
  queueUrl: textOrNull(item['queueUrl']),
  selected: Number(item['selected']),
  perSecond: Number(item['perSecond']),
  stopAt: Number(item['stopAt']),
  cancel: item['cancel'] === true,
  ...(typeof item['heldUntil'] === 'number' ? { heldUntilMs: item['heldUntil'] } : {}),
});
