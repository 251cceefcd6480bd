import type { Call } from '../../localstack/chaos/call';
import { seededChance } from '../../localstack/traffic/chance';
import type { Fault, Way } from './faulty-endpoint';

/** A point of a post's way at which a door can die: AWS has not done the call yet and never does, or has, and the door never hears of it. */
export interface Moment {
  readonly operation: 'SendMessageBatch' | 'GetItem' | 'PutItem';
  readonly isApplied: boolean;
}

export const moments: readonly Moment[] = [
  { operation: 'SendMessageBatch', isApplied: false },
  { operation: 'SendMessageBatch', isApplied: true },
  { operation: 'PutItem', isApplied: false },
  { operation: 'PutItem', isApplied: true },
  { operation: 'GetItem', isApplied: true },
];

/** Writes to the queue fail in every way there is, between others that go well. */
export const badWeather = (seed: string): (({ operation }: Call) => Fault | null) => {
  const chance = seededChance(seed);
  return ({ operation }) => {
    if (operation !== 'SendMessageBatch' || !chance.happens(0.3)) return null;
    return chance.pick(['some', 'some', 'some', 'lose', 'refuse', 'cut', 'drop']);
  };
};

/** The weather until the moment comes for the n-th time; then `die`, and the call goes on when that is over. */
export const untilMoment = (weather: Way['fate'], moment: Moment, nth: number, die: () => Promise<void>): Way => {
  let seen = 0;
  const isIt = ({ operation }: Call, isApplied: boolean): boolean =>
    operation === moment.operation && isApplied === moment.isApplied && (seen += 1) === nth;
  return {
    fate: async (call) => {
      if (!isIt(call, false)) return weather(call);
      await die();
      return 'drop';
    },
    applied: async (call) => {
      if (isIt(call, true)) await die();
    },
  };
};
