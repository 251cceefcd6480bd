import type { Chance } from '../chance';
import type { Plan } from '../history';
import type { Weather } from '../weather';
import type { ScriptKind } from './scripts';

/*
 * What kinds of trouble there are. Each is frequent in its own histories, so that most histories stay small and fast, and none
 * hides another.
 */

export type Profile =
  | 'calm'
  | 'storm'
  | 'leases'
  | 'deaths'
  | 'deploys'
  | 'outages'
  | 'backlog'
  | 'lateness'
  | 'expiry'
  | 'giants'
  | 'poison'
  | 'redrive'
  | 'skew'
  | 'races'
  | 'rarities'
  | 'watermark';

/** Share of the histories, in thousandths. */
const shares: Readonly<Record<Profile, number>> = {
  calm: 150,
  storm: 200,
  leases: 150,
  deaths: 150,
  deploys: 70,
  outages: 20,
  backlog: 15,
  lateness: 110,
  expiry: 40,
  giants: 7,
  poison: 30,
  redrive: 28,
  skew: 30,
  // Not drawn: some seeds are theirs.
  races: 0,
  rarities: 0,
  watermark: 0,
};

export const profiles = Object.keys(shares) as readonly Profile[];

export const drawProfile = (chance: Chance): Profile => {
  let left = chance.whole(0, 999);
  return profiles.find((profile) => (left -= shares[profile]) < 0) ?? 'storm';
};

const clear: Omit<Weather, 'clockSkewMs'> = {
  refused: 0,
  lost: 0,
  landsLate: 0,
  partial: 0,
  slowMs: 20,
  stalled: 0,
  duplicates: 0,
  lostReceives: 0,
  indexLagMs: 0,
  genesys: { absent: 0, incomplete: 0, unavailable: 0, refused: 0, slow: 0 },
};

const upTo = (chance: Chance, most: number): number => (chance.is(0.3) ? 0 : chance.fraction() * most);

/** Every knob on its own: a history without lost answers says more of refused calls than one with a little of everything. */
const rough = (chance: Chance): typeof clear => ({
  refused: upTo(chance, 0.08),
  lost: upTo(chance, 0.08),
  landsLate: upTo(chance, 0.04),
  partial: upTo(chance, 0.4),
  slowMs: chance.pick([20, 300, 1_500]),
  stalled: upTo(chance, 0.01),
  duplicates: upTo(chance, 0.15),
  lostReceives: upTo(chance, 0.1),
  indexLagMs: chance.is(0.5) ? 0 : chance.whole(100, 8_000),
  genesys: {
    absent: upTo(chance, 0.3),
    incomplete: upTo(chance, 0.2),
    unavailable: upTo(chance, 0.2),
    refused: upTo(chance, 0.05),
    slow: upTo(chance, 0.1),
  },
});

const light = (chance: Chance): typeof clear => ({
  ...clear,
  slowMs: chance.pick([20, 300]),
  duplicates: upTo(chance, 0.1),
  lost: upTo(chance, 0.01),
});

const skews = (chance: Chance, workers: number, mostMs: number): readonly number[] =>
  Array.from({ length: workers }, () => chance.whole(-mostMs, mostMs));

export const drawWeather = (chance: Chance, profile: Profile, workers: number): Weather => {
  const even = skews(chance, workers, 0);
  switch (profile) {
    case 'calm':
    case 'deploys':
    case 'watermark':
      return { ...clear, clockSkewMs: even };
    case 'storm':
      return { ...rough(chance), clockSkewMs: skews(chance, workers, 2_000) };
    case 'leases':
      return { ...light(chance), stalled: 0.02 + upTo(chance, 0.05), landsLate: upTo(chance, 0.25), clockSkewMs: even };
    case 'deaths':
      return { ...(chance.is(0.5) ? light(chance) : rough(chance)), clockSkewMs: even };
    case 'skew':
      return { ...light(chance), clockSkewMs: skews(chance, workers, 180_000) };
    default:
      return { ...light(chance), clockSkewMs: even };
  }
};

const kindsOf: Readonly<Record<Profile, readonly [ScriptKind, ...ScriptKind[]]>> = (() => {
  const usual: readonly [ScriptKind, ...ScriptKind[]] = [
    ...(['call', 'call', 'call', 'abandoned', 'abandoned', 'transferred', 'details', 'marked'] as const),
    ...(['reopened', 'never-ending', 'call-without-acw', 'without-start'] as const),
  ];
  const short: typeof usual = ['call', 'abandoned', 'details', 'marked', 'transferred'];
  return {
    calm: usual,
    storm: usual,
    leases: short,
    deaths: usual,
    deploys: usual,
    outages: short,
    backlog: short,
    lateness: ['call', 'call', 'reopened', 'details', 'transferred', 'never-ending'],
    expiry: ['call', 'abandoned', 'details', 'marked'],
    giants: ['giant'],
    poison: ['unreadable', 'parked', 'call', 'abandoned'],
    redrive: ['call', 'transferred'],
    skew: short,
    watermark: ['call', 'transferred', 'abandoned', 'marked', 'reopened', 'reopened'],
    races: short,
    rarities: short,
  };
})();

export const drawKinds = (chance: Chance, profile: Profile): readonly ScriptKind[] => {
  if (profile === 'watermark') return Array.from({ length: chance.whole(3, 5) }, () => chance.pick(kindsOf[profile]));
  const count = { giants: 1, backlog: chance.whole(5, 9), outages: chance.whole(2, 4), poison: chance.whole(2, 4) } as const;
  const conversations = profile in count ? count[profile as keyof typeof count] : chance.pick([1, 1, 2, 2, 3]);
  return Array.from({ length: conversations }, () => chance.pick(kindsOf[profile]));
};

const day = 86_400_000;

export const drawSettings = (chance: Chance, profile: Profile): Plan['settings'] => ({
  handoffPolicy: chance.pick(['final', 'final', 'every', 'first']),
  emitPartialEveryMs: chance.is(0.25) ? chance.pick([15_000, 30_000, 60_000]) : 0,
  publishEvents: chance.is(0.25),
  holdMs: chance.pick([10_000, 20_000, 30_000]),
  acwHoldMs: chance.pick([0, 40_000, 60_000]),
  idleMs: chance.pick([75_000, 120_000]),
  holdCapMs: chance.pick([90_000, 240_000]),
  leaseMs: profile === 'leases' ? 20_000 : chance.pick([30_000, 60_000]),
  tickMs: chance.pick([2_000, 5_000, 5_000]),
  visibilityMs: chance.pick([30_000, 60_000]),
  // One that is to be passed on uses a receive a minute while the topic is away: more than the longest outage that is drawn.
  maxReceives: profile === 'outages' ? 150 : 30,
  retentionMs: profile === 'expiry' ? 10 * 60_000 : 100 * day,
  eventRetentionMs: profile === 'expiry' ? 5 * 60_000 : 100 * day,
  heartbeatMs: chance.pick([5_000, 10_000]),
  longPollMs: chance.pick([10_000, 20_000]),
  outOfOrdernessMs: 5_000,
  shards: chance.pick([1, 1, 1, 2]),
  maxAttempts: 8,
  notReadyGapMs: 5_000,
  notReadyMax: 3,
});
