import type { History, Plan, TracedEffect } from '../history';
import { aHistory, aPlan } from './a-history';
import { judge } from './judge';
import { withBlows, withEffects } from './spoiling';

const head = (atMs: number, how: string): TracedEffect => {
  const [conversationId, finished, worker] = ['call-1', 1, 0];
  return { kind: 'head', worker, conversationId, from: 'closing', to: 'closing', finished, how, atMs };
};

/** Its last close fails once, and goes on so long afterwards. */
const waiting = (forMs: number, how = 'let go after a failure'): History =>
  withEffects(aHistory(), head(235_001, how), head(235_001 + forMs, 'claimed after a wait'));

const broken = (history: History, plan: Plan = aPlan()): readonly number[] => judge(plan, history).map(({ promise }) => promise);

const away = (of: 'queue' | 'table'): Plan => withBlows(aPlan(), { kind: 'outage', atMs: 235_000, of, forMs: 1_200_000 });

describe('promise 5: what waits by the clock is tried again in its time', () => {
  test('soon enough', () => expect(broken(waiting(60_000))).toEqual([]));

  test('a close that failed, or waits for Genesys, and is not claimed again for minutes', () => {
    expect(broken(waiting(400_000))).toEqual([5]);
    expect(broken(waiting(400_000, 'waiting for Genesys'))).toEqual([5]);
  });

  test('the queue is no excuse, the table is one', () => {
    expect(broken(waiting(400_000), away('queue'))).toContain(5);
    expect(broken(waiting(400_000), away('table'))).not.toContain(5);
  });

  test('what closing needs is an excuse for as long as it is away', () => {
    const withOutage = (endMs: number): History =>
      withEffects(
        waiting(400_000),
        { kind: 'outage', of: 'stateMachine', what: 'begins', atMs: 235_000 },
        { kind: 'outage', of: 'stateMachine', what: 'ends', atMs: endMs },
      );
    expect(broken(withOutage(600_000))).toEqual([]);
    expect(broken(withOutage(240_000))).toEqual([5]);
  });
});
