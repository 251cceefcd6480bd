import type { Clock } from '../../src/ports';
import type { Chance } from './chance';
import type { Trace } from './trace';

interface Road {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly trace: Trace;
  /** Calls that are on their way although nobody waits for them any more. */
  readonly late: Set<symbol>;
}

const longestMs = 120_000;

/** The conversation that a call is about, as far as its first argument says so. */
export const conversationOf = (args: readonly unknown[]): string | null => {
  const [about] = args as readonly { readonly conversationId?: string; readonly record?: { readonly conversationId: string } }[];
  return about?.conversationId ?? about?.record?.conversationId ?? null;
};

/** When others have got to its window a few more times: there a straggler does most harm. */
const whenOthersAreThere = ({ clock, chance, trace }: Road, conversationId: string): Promise<void> =>
  new Promise((resolve) => {
    const awaited = chance.pick(['read', 'read', 'read', 'head']);
    let times = chance.pick([1, 2, 2, 3]);
    trace.onReach((_worker, moment, id) => {
      if (moment === awaited && id === conversationId && --times === 0) resolve();
    });
    void clock.sleep(longestMs).then(resolve);
  });

/** At any time, or at the worst. */
export const drawArrival = (road: Road, args: readonly unknown[]): Promise<void> => {
  const { clock, chance } = road;
  const conversationId = conversationOf(args);
  return conversationId !== null && chance.is(0.7)
    ? whenOthersAreThere(road, conversationId)
    : clock.sleep(chance.whole(1, 30_000));
};

/** A call that arrives after its caller has given it up, or a copy of one that arrived. */
export const straggle = ({ late }: Pick<Road, 'late'>, arrival: Promise<void>, land: () => Promise<unknown>): void => {
  const mark = Symbol('call');
  late.add(mark);
  void arrival
    .then(land)
    .catch(() => undefined)
    .finally(() => late.delete(mark));
};
