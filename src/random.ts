import { randomBytes, randomInt } from 'node:crypto';
import { lifeTails, makeLife } from './core/life';
import type { Random } from './ports';

/** Chance as production has it: the operating system's. */
export const systemRandom: Random = {
  fraction: () => randomInt(2 ** 47) / 2 ** 47,
  id: () => randomBytes(16).toString('hex'),
  life: (nowMs) => makeLife(nowMs, randomInt(lifeTails)),
};
