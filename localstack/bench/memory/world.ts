import { memoryWindowTable, type MemoryWindowTable } from '../../../src/memory/window-table';
import type { FleetMember } from '../../../src/core/items';
import type { ConversationDetails, DeadLetterQueue, Fleet, RecordTopic, StateMachine, WindowTable } from '../../../src/ports';

/*
 * What is around a worker, and keeps as little as it can: what a heap grows by is the worker's then. The table alone must
 * remember; it can be taken away and begun anew while nothing is due.
 */

export interface ForgetfulTable extends WindowTable {
  readonly begin: () => void;
  readonly heads: MemoryWindowTable['heads'];
}

export const forgetfulTable = (): ForgetfulTable => {
  let table = memoryWindowTable();
  return {
    writeEvents: (...given) => table.writeEvents(...given),
    readHeads: (...given) => table.readHeads(...given),
    updateHead: (...given) => table.updateHead(...given),
    findDue: (...given) => table.findDue(...given),
    readWindow: (...given) => table.readWindow(...given),
    putRecord: (...given) => table.putRecord(...given),
    latestRecord: (...given) => table.latestRecord(...given),
    putFailureNote: (...given) => table.putFailureNote(...given),
    heads: () => table.heads(),
    begin: () => void (table = memoryWindowTable()),
  };
};

/** Of one worker. */
export const lonelyFleet = (): Fleet => {
  let members: readonly FleetMember[] = [];
  return {
    beat: (member) => Promise.resolve((members = [member])),
    members: () => Promise.resolve(members),
    remove: () => Promise.resolve(void (members = [])),
  };
};

export const deafDeadLetters: DeadLetterQueue = { setAside: () => Promise.resolve('with-attributes') };
export const deafTopic: RecordTopic = { publish: () => Promise.resolve(), publishAll: () => Promise.resolve() };

/** It starts what it is asked to, and counts it. */
export const countingStateMachine = (): StateMachine & { readonly started: () => number } => {
  let started = 0;
  return {
    start: () => {
      started += 1;
      return Promise.resolve('started');
    },
    started: () => started,
  };
};

/** Genesys knows every conversation, and says the same of each. */
export const knownDetails: ConversationDetails = {
  fetch: (ids) =>
    Promise.resolve(new Map(ids.map((id) => [id, { kind: 'complete', details: { conversationId: id, participants: [] } }]))),
};
