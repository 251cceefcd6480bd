import type { Config } from '../config';
import { createGenesysClient } from '../genesys/client';
import { genesysConversations } from '../genesys/conversations';
import type { Clock, ConversationDetails, ConversationExtra, Log, Metrics, NameBook } from '../ports';
import { genesysByHand } from './genesys-by-hand';

interface Edges {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What the worker asks Genesys through. */
export interface GenesysPorts {
  readonly details: ConversationDetails | null;
  readonly extras: readonly ConversationExtra[];
  readonly names: NameBook | null;
}

export const genesysPorts = ({ config, clock, log, metrics }: Edges): GenesysPorts => {
  const { callDetails } = config;
  if (callDetails.kind === 'off') return { details: null, extras: [], names: null };
  const outside = { ...genesysByHand(callDetails.credentials), clock, log, metrics };
  // One client for all: one token, one set of connections, one budget.
  const client = createGenesysClient(callDetails, outside);
  return { details: genesysConversations(client, callDetails), extras: [], names: null };
};
