import { ItemRefusedError } from '../core/errors';
import type { HeadUpdate } from '../core/items';
import type { WindowTable } from '../ports';
import type { CallKind } from './watched-table';

/** There is no such conversation: of its head there is nothing to read, and no update of it ever holds. */
const nobody = 'tidemark-probe';
const vainUpdate: HeadUpdate = { conversationId: nobody, expect: { token: nobody }, set: {}, expiresAtMs: 0 };

/** A batch that fails for its own sake must not keep its worker from receiving for ever: this often a poll is tried all the same. */
const mostInVain = 20;

/** What a table that was away is asked before any message is. */
export interface TableProbe {
  /** The table; what it did not take is kept in mind until it takes something. */
  readonly table: WindowTable;
  /** Asks once again for what failed, in a call that changes nothing; rejects if that fails, too. */
  readonly ask: (kind: CallKind) => Promise<void>;
}

/**
 * Calls that change nothing: what a batch holds is the same however often it is stored, and its messages come again anyway. So a
 * table that reads but does not write costs no receives either.
 */
export const createTableProbe = (table: WindowTable): TableProbe => {
  let unwritten: Parameters<WindowTable['writeEvents']> | null = null;
  let inVain = 0;

  const askToWrite = async (): Promise<void> => {
    if (!unwritten || inVain >= mostInVain) {
      inVain = 0;
      return;
    }
    const [batch] = unwritten;
    inVain += 1;
    const left = await table.writeEvents(...unwritten);
    if (left.length === batch.length) throw new Error('Expected the table to take some of a batch of events, it took none.');
    inVain = 0;
    unwritten = null;
  };

  return {
    table: {
      ...table,
      writeEvents: async (...args) => {
        try {
          const left = await table.writeEvents(...args);
          unwritten = left.length === args[0].length ? args : null;
          return left;
        } catch (error) {
          if (!(error instanceof ItemRefusedError)) unwritten = args;
          throw error;
        }
      },
    },
    ask: async (kind) => {
      if (kind === 'writeEvents') await askToWrite();
      if (kind === 'readHeads') await table.readHeads([nobody]);
      if (kind === 'updateHead') await table.updateHead(vainUpdate);
    },
  };
};
