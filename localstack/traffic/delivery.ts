import type { Chance } from './chance';
import type { Parcel } from './parcel';
import type { PlannedMessage, Wave } from './traffic';
import { wrap } from './wrappers';

/** How often the way to the queue misbehaves. */
const shares = { duplicated: 0.12, republished: 0.08, duplicatedLater: 0.02 };

const nextWave = (wave: Wave): Wave => (wave === 1 ? 2 : 3);

/**
 * What the queue gets of a parcel: the first publication, perhaps the same bytes again, perhaps another publication, and, where
 * `settled` says that nothing more happens to the conversation, now and then the same bytes a wave later.
 */
const deliver = (chance: Chance, parcel: Parcel, settled: boolean): readonly PlannedMessage[] => {
  const { wave, kind, conversationId, facts, rejects, mayTravelBare } = parcel;
  const publish = (again: number): string => JSON.stringify(wrap(chance, parcel.publish(chance, again), mayTravelBare));
  const first: PlannedMessage = { wave, kind, conversationId, facts, body: publish(0), ...(rejects && { rejects }) };
  const messages = [first];
  if (kind === 'bad') return messages;
  if (chance.happens(shares.duplicated)) messages.push({ ...first, kind: 'duplicate' });
  if (chance.happens(shares.republished)) messages.push({ ...first, kind: 'republished', body: publish(1) });
  if (settled && chance.happens(shares.duplicatedLater)) messages.push({ ...first, kind: 'duplicate', wave: nextWave(wave) });
  return messages;
};

export interface Consignment {
  readonly parcels: readonly Parcel[];
  /** All is said with wave 1, and the record is final. */
  readonly settled: boolean;
}

/** Every message of a run, wave by wave, shuffled within each. */
export const planDelivery = (
  chance: Chance,
  consignments: readonly Consignment[],
  others: readonly PlannedMessage[],
): readonly PlannedMessage[] => {
  const messages = consignments.flatMap(({ parcels, settled }, index) => {
    const own = chance.fork(`delivery/${index}`);
    return parcels.flatMap((parcel) => deliver(own, parcel, settled));
  });
  const all = [...messages, ...others];
  return ([1, 2, 3] as const).flatMap((wave) =>
    chance.fork(`wave/${wave}`).shuffle(all.filter((message) => message.wave === wave)),
  );
};
