import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { drawInput } from './draw-input';
import { judgeInput } from './judge-input';
import { addTallies, noTally, type Tally, tallyOf } from './tally';

export interface Range {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

/** One in so many goes through the whole pipeline. */
const pipedEvery = 50;

export const isPiped = (index: number): boolean => index % pipedEvery === 0;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is in use once nothing is left to collect. */
export const heapBytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

/** One input after the other; `tell` hears of each before it begins. */
export const fuzzRange = async (
  { seed, from, count }: Range,
  tell: (index: number) => void = () => undefined,
): Promise<Tally> => {
  let tally = noTally;
  for (let index = from; index < from + count; index++) {
    tell(index);
    const input = drawInput(seed, index);
    tally = addTallies(tally, tallyOf(index, input, await judgeInput(input, isPiped(index))));
  }
  return tally;
};
