import { judgeWindow } from '../core/due';
import { foldConversation, type Folded } from '../core/conversation/fold';
import type { MapperOf } from '../core/conversation/mappers';
import { madeOfDigest, type StoredEvent, type StoredRecord } from '../core/items';
import type { RecordStatus } from '../core/record';
import type { Claim } from './claim';
import { blamingTheWindow } from './let-go';
import type { Outside, PipelineSettings } from './outside';

/** A conversation put together, and how it compares with its last record. */
export interface Draft {
  readonly kind: 'draft';
  readonly folded: Folded;
  readonly madeOf: readonly string[];
  /** Something that the last record was made of can no longer be found. */
  readonly expiredHistory: boolean;
  readonly previous: StoredRecord | null;
  /** The window gave up waiting: nothing that Genesys could still say is worth a wait. */
  readonly gaveUp: boolean;
  /** What it was put together from, with queue times. */
  readonly arrivals: readonly StoredEvent[];
}

export type Reconstructed =
  | Draft
  /** Not due yet after all. */
  | { readonly kind: 'leave'; readonly dueAtMs: number; readonly endingMs: number | null }
  /** The last record says it all. */
  | { readonly kind: 'nothing-new' }
  /** Record `finished + 1` is there: an earlier close put it, and its bytes are the ones to send. */
  | { readonly kind: 'resume'; readonly record: StoredRecord };

interface WindowRead {
  readonly events: readonly StoredEvent[];
  readonly records: readonly StoredRecord[];
}

const readAll = async (table: Outside['table'], claim: Claim): Promise<WindowRead> => {
  const events: StoredEvent[] = [];
  const records: StoredRecord[] = [];
  for await (const page of table.readWindow(claim.conversationId, claim.claimed.life, claim.claimed.finished)) {
    events.push(...page.events);
    records.push(...page.records);
    await claim.hold();
  }
  return { events, records };
};

export const mapperOf =
  (registry: Outside['registry']): MapperOf =>
  (subject) => {
    const known = registry.subjectNamed(subject);
    return known && { name: known.mapper, version: known.mapperVersion };
  };

const rank: Readonly<Record<RecordStatus, number>> = { partial: 0, final: 1 };

/** Step 4: reads the whole window, puts the conversation together, and decides whether there is anything to say, and when. */
export const reconstruct =
  (outside: Pick<Outside, 'table' | 'registry'>, settings: PipelineSettings) =>
  async (claim: Claim, watermarkMs: number): Promise<Reconstructed> => {
    const { events, records } = await readAll(outside.table, claim);
    const { finished } = claim.claimed;
    const waiting = records.find(({ record }) => record.revision === finished + 1);
    if (waiting) return { kind: 'resume', record: waiting };
    if (events.length === 0) return { kind: 'nothing-new' };
    const folded = blamingTheWindow(() =>
      foldConversation(
        events.map(({ event }) => event),
        mapperOf(outside.registry),
      ),
    );
    const newestMs = events.reduce((newest, { sentAtMs }) => Math.max(newest, sentAtMs), 0);
    const verdict = judgeWindow(settings, claim.claimed, { ...folded, newestMs, watermarkMs });
    if (verdict.kind === 'leave') return verdict;
    const previous = records.find(({ record }) => record.revision === finished) ?? null;
    return compare(folded, previous, { gaveUp: verdict.gaveUp, arrivals: events });
  };

/** A close hands off every record it makes, so a last record that was not handed off has something left to say. */
const compare = (folded: Folded, previous: StoredRecord | null, seen: Pick<Draft, 'gaveUp' | 'arrivals'>): Reconstructed => {
  const madeOf = folded.fingerprints.map(madeOfDigest);
  const draft = { kind: 'draft', folded, madeOf, previous, ...seen } as const;
  if (!previous) return { ...draft, expiredHistory: false };
  const before = new Set(previous.madeOf);
  const now = new Set(madeOf);
  const expiredHistory = previous.madeOf.some((digest) => !now.has(digest));
  const status = expiredHistory ? 'partial' : folded.content.status;
  const isNothingNew = madeOf.every((digest) => before.has(digest));
  const isNoLower = rank[previous.record.status] >= rank[status];
  const wasHandedOff = previous.outbox.execution !== null;
  return isNothingNew && isNoLower && wasHandedOff ? { kind: 'nothing-new' } : { ...draft, expiredHistory };
};
