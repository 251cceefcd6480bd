/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.users.conversationsummary/v1.json: How many conversations of each media type a user has at this moment.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface UsersConversationsummary {
  readonly userId?: string;
  readonly call?: {
    readonly contactCenter?: {
      readonly active?: number;
      readonly acw?: number;
    };
    readonly enterprise?: {
      readonly active?: number;
      readonly acw?: number;
    };
  };
  readonly callback?: {
    readonly contactCenter?: {
      readonly active?: number;
      readonly acw?: number;
    };
    readonly enterprise?: {
      readonly active?: number;
      readonly acw?: number;
    };
  };
  readonly email?: {
    readonly contactCenter?: {
      readonly active?: number;
      readonly acw?: number;
    };
    readonly enterprise?: {
      readonly active?: number;
      readonly acw?: number;
    };
  };
  readonly message?: {
    readonly contactCenter?: {
      readonly active?: number;
      readonly acw?: number;
    };
    readonly enterprise?: {
      readonly active?: number;
      readonly acw?: number;
    };
  };
  readonly chat?: {
    readonly contactCenter?: {
      readonly active?: number;
      readonly acw?: number;
    };
    readonly enterprise?: {
      readonly active?: number;
      readonly acw?: number;
    };
  };
  readonly socialExpression?: {
    readonly contactCenter?: {
      readonly active?: number;
      readonly acw?: number;
    };
    readonly enterprise?: {
      readonly active?: number;
      readonly acw?: number;
    };
  };
  readonly video?: {
    readonly contactCenter?: {
      readonly active?: number;
      readonly acw?: number;
    };
    readonly enterprise?: {
      readonly active?: number;
      readonly acw?: number;
    };
  };
}
