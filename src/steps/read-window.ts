import type { CanonicalEvent } from '../core/event';
import type { StoredEvent, StoredRecord } from '../core/items';
import { orderDistinct } from '../core/order';
import type { Claim } from './claim';
import type { Outside } from './outside';

/** Everything of a window that a close needs. */
export interface WindowRead {
  /** To reconstruct from. */
  readonly events: readonly StoredEvent[];
  /** To go into the record as they are: distinct, in order. */
  readonly attached: readonly CanonicalEvent[];
  /** Record `finished + 1`, if somebody has put it. */
  readonly waiting: StoredRecord | null;
  /** Record `finished`; null before the first, and where it expired. */
  readonly last: StoredRecord | null;
}

/** Who reads it: a close, or somebody who only looks and holds nothing. */
type Reader = Pick<Claim, 'conversationId' | 'claimed' | 'hold'>;

export const readWindow = async (table: Outside['table'], claim: Reader): Promise<WindowRead> => {
  const { life, finished } = claim.claimed;
  const events: StoredEvent[] = [];
  const records: StoredRecord[] = [];
  for await (const page of table.readWindow(claim.conversationId, life, finished)) {
    events.push(...page.events);
    records.push(...page.records);
    await claim.hold();
  }
  const numbered = (revision: number): StoredRecord | null => records.find(({ record }) => record.revision === revision) ?? null;
  const attached = orderDistinct(events.map(({ event }) => event).filter((event) => event.attached));
  return {
    events: events.filter(({ event }) => !event.attached),
    attached,
    waiting: numbered(finished + 1),
    last: numbered(finished),
  };
};
