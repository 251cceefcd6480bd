import { createHash } from 'node:crypto';

const seedOf = (workerId: string): number => createHash('sha256').update(workerId).digest().readUInt32BE(0);

/** Of 32 bits, each depends on all of those given: murmur3's last step. A thousand workers and shards are a million of these. */
const mix = (bits: number): number => {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

interface Rival {
  readonly workerId: string;
  readonly seed: number;
  owns: number;
}

/** Who weighs most of those that own less than their share: so few shards fall unevenly, and the fleet is as fast as its busiest. */
const ownerOf = (shard: number, rivals: readonly Rival[], share: number): Rival | null => {
  const salt = mix(shard + 1);
  let owner: Rival | null = null;
  let heaviest = -1;
  for (const rival of rivals) {
    if (rival.owns >= share) continue;
    const weight = mix(rival.seed ^ salt);
    if (weight <= heaviest) continue;
    owner = rival;
    heaviest = weight;
  }
  return owner;
};

/**
 * Shards that a worker looks after: rendezvous hashing, nobody over an equal share, so that a worker that comes or goes moves little
 * more than its own. Two workers with different views may both own a shard, or neither: the claim decides, and others take what is
 * overdue.
 */
export const ownedShards = (workerId: string, liveWorkers: readonly string[], shards: number): readonly number[] => {
  const all = [...new Set([workerId, ...liveWorkers])].sort();
  const share = Math.ceil(shards / all.length);
  const rivals = all.map((id) => ({ workerId: id, seed: seedOf(id), owns: 0 }));
  const owned: number[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const owner = ownerOf(shard, rivals, share);
    if (owner === null) continue;
    owner.owns += 1;
    if (owner.workerId === workerId) owned.push(shard);
  }
  return owned;
};

/** The same for one worker, asked at every tick: hashed anew only when the fleet has changed. */
export const rememberOwnedShards = (
  workerId: string,
  shards: number,
): ((liveWorkers: readonly string[]) => readonly number[]) => {
  let last: { readonly fleet: string; readonly owned: readonly number[] } | null = null;
  return (liveWorkers) => {
    const fleet = liveWorkers.join(' ');
    if (last?.fleet !== fleet) last = { fleet, owned: ownedShards(workerId, liveWorkers, shards) };
    return last.owned;
  };
};
