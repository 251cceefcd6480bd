import { ItemRefusedError } from '../core/errors';
import type { Clock, Fleet, WindowTable } from '../ports';
import { type CallListener, isBug } from '../breaker-watch';

/**
 * Calls that may fail while others go on: writes are throttled and reads answer, an index takes no more, a permission is missing.
 * `anything` is all calls together: the table itself.
 */
export const callKinds = ['anything', 'writeEvents', 'readHeads', 'updateHead'] as const;
export type CallKind = (typeof callKinds)[number];

type Call<A extends readonly unknown[], R> = (...args: A) => Promise<R>;

/** The ports on the table, with somebody who is told how they do. What it cannot take is an answer; what it leaves out whole is none. */
export const watchTable = (
  table: WindowTable,
  fleet: Fleet,
  around: { readonly clock: Clock; readonly listener: CallListener<CallKind> },
) => {
  const { clock, listener } = around;
  const watched =
    <A extends readonly unknown[], R>(
      kinds: readonly CallKind[],
      call: Call<A, R>,
      isLeftOut: (answer: R, args: A) => boolean = () => false,
    ): Call<A, R> =>
    async (...args) => {
      const startedMs = clock.monotonicMs();
      try {
        const answer = await call(...args);
        listener.answered(isLeftOut(answer, args) ? ['anything'] : ['anything', ...kinds]);
        if (isLeftOut(answer, args)) listener.failed(kinds, startedMs);
        return answer;
      } catch (error) {
        if (error instanceof ItemRefusedError) listener.answered(['anything', ...kinds]);
        else if (!isBug(error)) listener.failed(['anything', ...kinds], startedMs, { error });
        throw error;
      }
    };
  return {
    table: {
      ...table,
      writeEvents: watched(['writeEvents'], table.writeEvents, (left, [batch]) => left.length === batch.length),
      readHeads: watched(['readHeads'], table.readHeads, ({ unprocessed }, [ids]) => unprocessed.length === ids.length),
      updateHead: watched(['updateHead'], table.updateHead),
      findDue: watched([], table.findDue),
    },
    fleet: { ...fleet, beat: watched([], fleet.beat), members: watched([], fleet.members) },
  } satisfies { readonly table: WindowTable; readonly fleet: Fleet };
};
