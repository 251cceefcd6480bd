import dynalite from 'dynalite';
import type { StandIn } from './stand-in';

/** DynamoDB: dynalite, in memory. Its tables are ready at once. */
export const startTable = (): StandIn => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    handle: (request, response) => void server.emit('request', request, response),
    // Never listened, so there is nothing to close but memory.
    close: () => Promise.resolve(),
  };
};
