/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';
import type { TidemarkRecord } from './tidemark-record';

/** schemas/tidemark.execution-input/v2.json: Input of the Step Functions execution; its name is made of conversation, life and revision. */
export interface TidemarkExecutionInput {
  /** The conversation. */
  readonly conversationId: string;
  /** When the record was created, ISO 8601 with milliseconds. */
  readonly timestamp: string;
  /** The conversation as Genesys's analytics have it; null unless callDetailsStatus is complete or incomplete, and where callDetailsOmitted says so. */
  readonly callDetails: JsonObject | null;
  /** Steps that the workflow is to run. */
  readonly enrichmentSteps: readonly string[];
  /** complete: Genesys knows its end; incomplete: not yet; absent: Genesys does not know it; failed: Genesys could not be asked. */
  readonly callDetailsStatus: 'complete' | 'incomplete' | 'absent' | 'failed';
  /** The details were too large to travel; callDetails is null, and Genesys has them by id. Absent otherwise. */
  readonly callDetailsOmitted?: true;
  /** The record of this revision. */
  readonly record: TidemarkRecord;
}
