import type { RightsOn } from './core/worker-rights';

/*
 * What `tidemark doctor` is told of an installation, as plain data. Whoever reads it rejects with what AWS said: judging that is the
 * doctor's own. Nothing here changes anything or receives a message.
 */

/** Of the role or user whose credentials are used. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
}

/** By SQS's own names. */
export type QueueAttributes = Readonly<Record<string, string>>;

export interface KeyAttribute {
  readonly name: string;
  /** `S`, `N`, `B`. */
  readonly type: string;
}

export interface DescribedIndex {
  readonly name: string;
  readonly status: string;
  readonly projection: string;
  /** Partition key first. */
  readonly keys: readonly KeyAttribute[];
}

export interface DescribedTable {
  readonly arn: string;
  readonly status: string;
  readonly billing: string;
  readonly isProtected: boolean;
  readonly keys: readonly KeyAttribute[];
  readonly indexes: readonly DescribedIndex[];
}

export interface TimeToLive {
  readonly status: string;
  readonly attribute: string | null;
}

export interface DescribedTopic {
  readonly isFifo: boolean;
}

export interface DescribedSubscription {
  readonly protocol: string;
  /** ARN of a queue, a function, a stream; an address. */
  readonly endpoint: string;
  /** Until then it has nothing delivered. */
  readonly isConfirmed: boolean;
  readonly hasDeadLetterQueue: boolean;
}

export interface DescribedStateMachine {
  readonly status: string;
  readonly type: string;
  readonly definition: string;
  /** `OFF`, `ERROR`, … */
  readonly logLevel: string;
  readonly logsData: boolean;
}

export interface DescribedRule {
  readonly arn: string;
  readonly state: string;
  readonly pattern: string | null;
}

export interface RuleTarget {
  readonly arn: string;
  readonly deadLetterArn: string | null;
  readonly retryAttempts: number | null;
  readonly maxAgeSeconds: number | null;
}

export interface DescribedArchive {
  readonly name: string;
  readonly state: string;
  /** 0: for ever. */
  readonly retentionDays: number;
}

/** One action on one resource, as IAM would decide on it. */
export interface SimulatedRight {
  readonly on: RightsOn;
  readonly action: string;
  /** `allowed`, `implicitDeny`, `explicitDeny`. */
  readonly decision: string;
  /** Names of what the decision hangs on besides, as `dynamodb:LeadingKeys`. */
  readonly missing: readonly string[];
}

/** What Genesys answers to a harmless question that takes the permission. `throttled`, `silent`: it did not say. */
export interface GenesysReply {
  readonly kind: 'granted' | 'refused' | 'silent';
  /** Words of ours, and names of permissions; never of a payload. */
  readonly why: string;
}

export interface GenesysFeature {
  /** The variable that switches it on. */
  readonly feature: string;
  readonly permission: string;
  readonly reply: GenesysReply;
}

export interface GenesysSeen {
  readonly host: string;
  /** Where the credentials are. */
  readonly credentials: GenesysReply;
  readonly token: GenesysReply;
  readonly organisation: GenesysReply & { readonly id: string | null };
  readonly features: readonly GenesysFeature[];
}
