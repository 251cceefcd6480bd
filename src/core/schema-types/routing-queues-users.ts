/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { Json } from '../json';

/**
 * schemas/v2.routing.queues.users/v1.json: A user joined or left a queue.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface RoutingQueuesUsers {
  readonly id?: string;
  readonly user?: {
    readonly id?: string;
  };
  readonly queueId?: string;
  readonly joined?: boolean;
  readonly additionalProperties?: {
    readonly [k: string]: Json;
  };
}
