import type { HeadUpdate } from '../../src/core/items';
import type { Clock } from '../../src/ports';
import type { Delay } from './delay';
import { conversationOf } from './stragglers';
import type { Trace } from './trace';

/** The calls that a plan keeps back: each is met once, by the first that fits. */
export interface Delays {
  /** What befalls this call; null, as mostly, if nothing does. */
  readonly meet: (call: string, args: readonly unknown[]) => Delay | null;
  /** Resolves at the moment that the delay waits for. */
  readonly isOver: (delay: Delay) => Promise<void>;
}

/** Where the moment never comes: a call that somebody waits for is not long on its way, one that nobody waits for may be. */
const longestMs = { slow: 3_000, 'given up': 300_000, copied: 300_000 } as const;

const kindOf = (call: string, args: readonly unknown[]): Delay['call'] | null => {
  if (call === 'putRecord') return 'put';
  const [update] = args as readonly HeadUpdate[];
  if (call !== 'updateHead' || update === undefined) return null;
  if (update.set.state === 'closed') return 'finish';
  return update.set.state === 'open' && update.expect !== 'missing' && update.expect.token !== undefined ? 'leave' : null;
};

export const createDelays = (planned: readonly Delay[], { clock, trace }: { clock: Clock; trace: Trace }): Delays => {
  const waiting = new Set(planned);
  return {
    meet: (call, args) => {
      const kind = waiting.size > 0 ? kindOf(call, args) : null;
      const id = conversationOf(args);
      const met = [...waiting].find((delay) => delay.call === kind && delay.conversationId === id) ?? null;
      if (met) waiting.delete(met);
      return met;
    },
    isOver: ({ conversationId, fate, until, passes }) =>
      new Promise((resolve) => {
        let left = passes;
        trace.onReach((_worker, moment, id) => {
          if (moment === until && id === conversationId && left-- === 0) resolve();
        });
        void clock.sleep(longestMs[fate]).then(resolve);
      }),
  };
};
