import { badMessages } from './bad';
import { canaryMint, type Canary } from './canary';
import { openCentre, type Centre } from './centre';
import { seededChance, type Chance } from './chance';
import { planDelivery, type Consignment } from './delivery';
import { envelopeTruthOf } from './envelope-truth';
import { loneEndMark } from './lone-end-mark';
import { envelopeParcelsOf, parcelsOf, type Parcel } from './parcel';
import { openStage, type Seat } from './stage';
import { repertoire, type Production } from './repertoire';
import type { Traffic, Truth } from './traffic';
import { truthOf } from './truth';

export interface TrafficOptions {
  readonly seed: string;
  readonly conversations: number;
}

/** Monday, 2 March 2026, nine o'clock: the first conversation starts here, each other one a few seconds later. */
const openingMs = Date.UTC(2026, 2, 2, 9);

interface Told {
  readonly parcels: readonly Parcel[];
  readonly truth: Truth;
}

const stageProduction = (production: Production, seat: Seat): Told => {
  switch (production.kind) {
    case 'feed': {
      const script = production.play(openStage(seat));
      return { parcels: parcelsOf(script), truth: truthOf(script) };
    }
    case 'envelope': {
      const script = production.play(seat);
      return { parcels: envelopeParcelsOf(script, production.spoilt ?? false), truth: envelopeTruthOf(script) };
    }
    case 'end-mark':
      return loneEndMark(seat);
  }
};

/** The first conversations go through the whole repertoire once, so that a small run has some of everything. */
const choose = (chance: Chance, index: number): Production =>
  repertoire[index] ??
  chance.pick(repertoire.flatMap((production) => Array.from({ length: production.weight }, () => production)));

const takeSeat = (index: number, chance: Chance, centre: Centre, canaries: Canary[]): Seat => {
  const conversationId = chance.uuid();
  const mint = canaryMint(index, canaries);
  const startMs = openingMs + index * 3_000 + chance.between(0, 2_999);
  return { conversationId, startMs, chance, centre, canary: (kind) => mint(kind, conversationId) };
};

/**
 * Conversations as people have them and the messages as a bad day delivers them. The same seed gives the same bytes; a
 * conversation does not depend on how many there are besides.
 */
export const generateTraffic = ({ seed, conversations }: TrafficOptions): Traffic => {
  const chance = seededChance(seed);
  const centre = openCentre(chance.fork('centre'));
  const canaries: Canary[] = [];
  const told = Array.from({ length: conversations }, (_, index) => {
    const own = chance.fork(`conversation/${index}`);
    const production = choose(own, index);
    const seat = takeSeat(index, own, centre, canaries);
    return stageProduction(production, production.reseat?.(seat) ?? seat);
  });
  const mint = canaryMint(conversations, canaries);
  const clientSecret = mint('secret', null);
  const bad = badMessages(chance.fork('bad'), (kind) => mint(kind, null));
  const consignments = told.map(({ parcels, truth }): Consignment => ({ parcels, settled: isSettled(truth) }));
  return {
    messages: planDelivery(chance.fork('delivery'), consignments, bad),
    truths: told.map(({ truth }) => truth),
    canaries,
    clientSecret,
  };
};

const isSettled = ({ revisions, expected }: Truth): boolean => revisions.length === 1 && expected.status === 'final';
