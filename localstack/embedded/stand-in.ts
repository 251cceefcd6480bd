import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something that answers one AWS service's requests; it owns no port. */
export interface StandIn {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
}
