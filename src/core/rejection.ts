/** Why a message can never succeed. A closed set: it is the contract with whoever reads the dead-letter queue. */
export const rejectionReasons = [
  'not-json',
  'not-object',
  'too-deep',
  'too-large',
  'unknown-envelope',
  'unknown-type',
  'invalid',
  'foreign-source',
] as const;

export type RejectionReason = (typeof rejectionReasons)[number];

/** A message's story, as it travels with it. `detail` names paths, types and limits, never values: it reaches log lines. */
export interface Rejection {
  readonly reason: RejectionReason;
  /** What was expected, what came, where. At most 500 characters. */
  readonly detail: string;
  /** Step that refused it. */
  readonly step: 'receive' | 'validate' | 'buffer';
  /** The type the envelope names, where it got that far. */
  readonly type?: string;
}

/**
 * Names of the SQS message attributes on a dead letter. SQS carries ten, we use nine; the tenth is for the redrives of a message that
 * is refused again. The body is the message, byte for byte.
 * The redrive command and the runbook read them: a renamed one is a breaking change, pinned by a test.
 */
export const deadLetterAttributes = {
  reason: 'tidemark-reason',
  detail: 'tidemark-detail',
  step: 'tidemark-step',
  type: 'tidemark-type',
  /** When it was set aside, ISO 8601. */
  at: 'tidemark-at',
  receiveCount: 'tidemark-receive-count',
  /** Queue time of the message that was refused, ISO 8601. */
  sentAt: 'tidemark-sent-at',
  messageId: 'tidemark-message-id',
  /** Name and version of the program that refused it. */
  by: 'tidemark-by',
} as const;
