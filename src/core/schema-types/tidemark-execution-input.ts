/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';
import type { TidemarkRecord } from './tidemark-record';

/** schemas/tidemark.execution-input/v3.json: Input of the Step Functions execution; its name is made of conversation, life and revision. */
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
  /** Who took part: each user and each external contact once, however many participants it was; sorted by kind, then id. Absent in what was written before v3. */
  readonly identities?: readonly {
    /** user: somebody of the organisation; externalContact: somebody whom it knows from outside. */
    readonly kind: 'externalContact' | 'user';
    /** Its id at Genesys. */
    readonly id: string;
    /** The participants of the conversation that it was, sorted; none where only the conversation names it. */
    readonly participantIds: readonly string[];
    /** Of a user, where names are asked for and this one is known by now. */
    readonly name?: string;
  }[];
  /** How many identities were too large to travel; identities is empty, and the record has their ids. Absent otherwise. */
  readonly identitiesOmitted?: number;
  /** Attributes of each participant as Genesys's live conversation has them. Absent where they are not asked for. */
  readonly participantAttributes?: {
    /** complete: they are here; absent: Genesys has none, or none yet; failed: Genesys could not be asked; omitted: too large to travel. */
    readonly status: 'complete' | 'absent' | 'failed' | 'omitted';
    /** Participants that have attributes. */
    readonly participants?: readonly {
      /** The participant. */
      readonly participantId: string;
      /** What Genesys calls its part: customer, agent, acd, … */
      readonly purpose: string | null;
      /** Key and value as they were set. */
      readonly attributes: {
        readonly [k: string]: string;
      };
    }[];
    /** Some were left out because there were too many. */
    readonly truncated?: boolean;
  };
  /** What the customer said or wrote. Absent where it is not asked for. */
  readonly transcript?: {
    /** complete: it is here; absent: Genesys has none, or none yet; failed: Genesys could not be asked; omitted: too large to travel. */
    readonly status: 'complete' | 'absent' | 'failed' | 'omitted';
    /** As Genesys names it: en-us, …; null where it does not say. */
    readonly language?: string | null;
    /** In order, cut between phrases into at most 25 texts of at most 5,000 bytes, as many and as long as Amazon Comprehend takes at once. */
    readonly texts?: readonly string[];
    /** There was more than these texts hold. */
    readonly truncated?: boolean;
    /** How many of the customer's phrases Genesys has, those that were cut off included. */
    readonly phrases?: number;
  };
  /** Genesys's own sentiment of the conversation, with further fields as Genesys has them. Absent where it is not asked for. */
  readonly sentiment?: {
    /** complete: it is here; absent: Genesys has none, or none yet; failed: Genesys could not be asked; omitted: too large to travel. */
    readonly status: 'complete' | 'absent' | 'failed' | 'omitted';
    /** Below 0 negative, above 0 positive; null where Genesys has none. */
    readonly score?: number | null;
    /** How it changed in the course of it: below 0 for the worse, above 0 for the better; null where Genesys has none. */
    readonly trend?: number | null;
  };
  /** Names of ids of the record, as far as they are known by now. Absent where names are not asked for. */
  readonly names?: {
    /** Of agents, by id. */
    readonly users: {
      readonly [k: string]: string;
    };
    /** By id. */
    readonly queues: {
      readonly [k: string]: string;
    };
    /** By id. */
    readonly wrapUpCodes: {
      readonly [k: string]: string;
    };
  };
  /** The names were too many to travel. Absent otherwise. */
  readonly namesOmitted?: true;
  /** Until when the table keeps this revision, epoch seconds: what a workflow remembers of it need not be kept longer. Absent in what was written before v3. */
  readonly expiresAt?: number;
}
