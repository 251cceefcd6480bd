import { isObject, type JsonObject } from '../../../src/core/json';
import { seededRandom } from '../../../src/memory/random';
import { drawPlan } from '../../simulation/plan/draw-plan';
import { playPlan } from '../../simulation/play';

/** Histories in which heads expire, so that conversations come back with another life; each a few conversations. */
const seeds = [1, 3, 8, 10, 12];

const shuffled = <T>(items: readonly T[], seed: number): readonly T[] => {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

/** What workers published of one history, as SNS may deliver it: in no order, some of it twice. */
const deliveredOf = async (seed: number): Promise<readonly string[]> => {
  const { effects } = await playPlan(drawPlan(seed, 'expiry'));
  const published = effects.flatMap((effect) =>
    effect.kind === 'published' && effect.attributes['kind'] === 'record' ? [effect.message] : [],
  );
  const again = published.filter((_, index) => index % 3 === 0);
  return shuffled([...published, ...again], seed);
};

/** By history: a conversation of one is none of another, though it may be called the same. */
export const deliveredHistories = async (): Promise<readonly (readonly string[])[]> => {
  const histories: (readonly string[])[] = [];
  for (const seed of seeds) histories.push(await deliveredOf(seed));
  return histories;
};

export const readRecord = (line: string): JsonObject => {
  const record: unknown = JSON.parse(line);
  if (!isObject(record)) throw new Error(`Expected a record, got ${line}.`);
  return record;
};
