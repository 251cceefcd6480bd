/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { Json, JsonObject } from '../json';

/**
 * schemas/envelope.lambda-failure/v1.json: The official consumer of Genesys events reads its queue so.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface EnvelopeLambdaFailure {
  readonly version?: string;
  readonly timestamp?: string;
  readonly requestContext?: {
    readonly requestId?: string;
    readonly functionArn?: string;
    readonly condition?: string;
    readonly approximateInvokeCount?: number;
  };
  /** The wrapped event. */
  readonly requestPayload: JsonObject;
  readonly responseContext?: {
    readonly statusCode?: number;
    readonly executedVersion?: string;
    readonly functionError?: string;
  };
  readonly responsePayload?: Json;
}
