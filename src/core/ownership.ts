import { createHash } from 'node:crypto';

const weight = (workerId: string, shard: number): number =>
  createHash('sha256').update(`${workerId}/${shard}`).digest().readUInt32BE(0);

/**
 * Shards that a worker looks after: rendezvous hashing, so that a worker that comes or goes moves only its own share. Two
 * workers with different views may both own a shard, or neither: the claim decides, and anyone takes what is overdue.
 */
export const ownedShards = (workerId: string, liveWorkers: readonly string[], shards: number): readonly number[] => {
  const rivals = liveWorkers.filter((other) => other !== workerId);
  return Array.from({ length: shards }, (_, shard) => shard).filter((shard) => {
    const own = weight(workerId, shard);
    return rivals.every((rival) => {
      const theirs = weight(rival, shard);
      return own > theirs || (own === theirs && workerId > rival);
    });
  });
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
