/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.users.persistentconnection/v1.json: The persistent connection of a user’s station was made or lost.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface UsersPersistentconnection {
  readonly errorInfo?: {
    readonly text?: string;
    readonly code?: string;
    readonly userMessage?: string;
    readonly userParams?: {
      readonly [k: string]: string;
    };
    readonly nestedErrorDetails?: readonly {
      readonly code?: string;
      readonly userMessage?: string;
      readonly userParams?: {
        readonly [k: string]: string;
      };
      readonly hostname?: string;
      readonly location?: {
        readonly function?: string;
        readonly fileID?: string;
        readonly line?: number;
      };
    }[];
  };
  readonly stationId?: string;
  readonly userId?: string;
  readonly persistentState?: string;
  readonly eventTime?: string;
}
