import type { Chance } from '../chance';
import type { Blow, BlowOf, Moment } from '../history';
import type { Profile } from './profiles';

const minute = 60_000;

export interface Field {
  readonly workers: number;
  readonly startsAtMs: number;
  /** When the last message is sent. */
  readonly lastMs: number;
  /** Where a type is unknown at first: when those who know it come. */
  readonly learnsAtMs: number | null;
  readonly leaseMs: number;
}

const moments: readonly [Moment, ...Moment[]] = ['receive', 'write', 'head', 'claim', 'read', 'put', 'start', 'finish'];

const drawMoment = (chance: Chance): Moment | null => (chance.is(0.75) ? chance.pick(moments) : null);

/** Somewhere between the first start and the last close. */
const drawTime = (chance: Chance, { startsAtMs, lastMs }: Field): number =>
  chance.whole(startsAtMs, Math.max(lastMs, startsAtMs) + 90_000);

const some = (count: number, make: () => Blow): readonly Blow[] => Array.from({ length: count }, make);

const kill = (chance: Chance, field: Field): BlowOf<'kill'> => ({
  kind: 'kill',
  atMs: drawTime(chance, field),
  worker: chance.whole(0, field.workers - 1),
  moment: drawMoment(chance),
});

const deploy = (chance: Chance, field: Field): Blow => ({
  kind: 'deploy',
  atMs: drawTime(chance, field),
  worker: chance.whole(0, field.workers - 1),
});

/** Mostly longer than a lease: another takes the window meanwhile, and the sleeper wakes up in the middle of its close. */
const pause = (chance: Chance, field: Field): Blow => ({
  kind: 'pause',
  atMs: drawTime(chance, field),
  worker: chance.whole(0, field.workers - 1),
  moment: drawMoment(chance),
  forMs: Math.floor(field.leaseMs * (0.5 + chance.fraction() * 3)),
});

const outages = (chance: Chance, { startsAtMs, lastMs }: Field): readonly Blow[] => {
  const atMs = chance.whole(startsAtMs + 5_000, Math.max(startsAtMs + 6_000, Math.floor(lastMs / 2)));
  const of = chance.pick(['table', 'table', 'stateMachine', 'topic', 'genesys', 'queue']);
  const isLong = chance.is(0.4);
  // What only closing needs is away for longer, now and then.
  const longMs = of !== 'table' && of !== 'queue' && chance.is(0.3) ? 100 * minute : 30 * minute;
  return [{ kind: 'outage', atMs, of, forMs: isLong ? longMs : chance.whole(1, 5) * minute }];
};

/** One by one; during traffic over minutes, so that those who know a type and those who do not work side by side. */
const deployOfAll = ({ workers, lastMs }: Field, atMs: number): readonly Blow[] => {
  const everyMs = atMs < lastMs ? minute : 1_000;
  return Array.from({ length: workers }, (_, worker) => ({ kind: 'deploy', atMs: atMs + worker * everyMs, worker }));
};

/**
 * When the workers of a history with an unknown type are replaced by such as know it, after its traffic or from its beginning on,
 * and when its dead letters go back.
 */
export const drawLearning = (chance: Chance, lastMs: number) => ({
  learnsAtMs: chance.is(0.5) ? lastMs + 30_000 : chance.whole(0, Math.floor(lastMs / 2)),
  redriveAtMs: redriveOf(lastMs),
});

const redriveOf = (lastMs: number): number => lastMs + 5 * minute;

export const drawBlows = (chance: Chance, profile: Profile, field: Field): readonly Blow[] => {
  const { lastMs, startsAtMs } = field;
  switch (profile) {
    case 'calm':
    case 'giants':
    case 'poison':
    case 'lateness':
    case 'skew':
    case 'races':
    case 'rarities':
    case 'watermark':
      return [];
    case 'storm':
      return some(chance.whole(0, 2), () => (chance.is(0.5) ? kill(chance, field) : deploy(chance, field)));
    case 'leases':
      return some(chance.whole(1, 4), () => pause(chance, field));
    case 'deaths':
      return some(chance.whole(1, 5), () => kill(chance, field));
    case 'deploys':
      return some(chance.whole(1, 4), () => deploy(chance, field));
    case 'outages':
      return [...outages(chance, field), ...(chance.is(0.3) ? [kill(chance, field)] : [])];
    case 'backlog':
      return some(chance.whole(1, 3), () => ({ ...kill(chance, { ...field, lastMs: startsAtMs }), moment: drawMoment(chance) }));
    case 'expiry':
      return [5, 10, 15, 20, 25].map((minutes) => ({ kind: 'expire', atMs: lastMs - 12 * minute + minutes * minute }));
    case 'redrive':
      return [...deployOfAll(field, field.learnsAtMs ?? lastMs), { kind: 'redrive', atMs: redriveOf(lastMs) }];
  }
};
