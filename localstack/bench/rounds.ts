import { medianFigure, type Figure } from './figure';
import type { Reading } from './reading';

/** Something that is measured once in every round. */
export interface Case {
  readonly name: string;
  readonly round: () => Promise<Reading>;
}

/** All cases in turn, round by round: what the machine does besides falls on all of them. */
export const runRounds = async (
  cases: readonly Case[],
  rounds: number,
  say: (text: string) => void,
): Promise<ReadonlyMap<string, readonly Reading[]>> => {
  const readings = new Map(cases.map(({ name }) => [name, [] as Reading[]]));
  for (let round = 1; round <= rounds; round++) {
    for (const { name, round: run } of cases) {
      say(`round ${round} of ${rounds}: ${name}`);
      readings.get(name)!.push(await run());
    }
  }
  return readings;
};

export const overRounds = (readings: readonly Reading[], measure: (reading: Reading) => Figure): Figure =>
  medianFigure(readings.map(measure));
