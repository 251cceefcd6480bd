/* What `tidemark ingest` may do in AWS, and nothing else: the role of its task is made of it. */

export type IngestRightsOn = 'intakeQueue' | 'table' | 'ingestSecret';

export const ingestRights: Readonly<Record<IngestRightsOn, readonly string[]>> = {
  intakeQueue: ['sqs:SendMessage'],
  // Of the items of core/items one family, by its partition keys alone.
  table: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  ingestSecret: ['secretsmanager:GetSecretValue'],
};

/** Partitions of the table that it reads and writes: which message an idempotency key became. */
export const ingestPartitions: readonly string[] = ['I#*'];
