/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { Json } from '../json';

/**
 * schemas/v2.users.routingStatus/v1.json: The routing status of a user changed: on queue, interacting, not responding.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface UsersRoutingStatus {
  readonly id?: string;
  readonly routingStatus?: {
    readonly status?: 'OFF_QUEUE' | 'IDLE' | 'INTERACTING' | 'NOT_RESPONDING' | 'COMMUNICATING';
    readonly startTime?: string;
  };
  readonly errorInfo?: {
    readonly errorCode?: string;
    readonly status?: number;
    readonly correlationId?: string;
    readonly userMessage?: string;
    readonly userParamsMessage?: string;
    readonly userParams?: readonly {
      readonly key?: string;
      readonly value?: string;
      readonly additionalProperties?: {
        readonly [k: string]: Json;
      };
    }[];
  };
}
