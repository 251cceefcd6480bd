/*
 * What a worker may do in AWS, and nothing else: the role of its task is made of it, `tidemark doctor` holds a role against it, and
 * docs/configuration.md lists it.
 */

export type RightsOn = 'intakeQueue' | 'deadLetterQueue' | 'table' | 'dueIndex' | 'stateMachine' | 'topic' | 'genesysSecret';

export const workerRights: Readonly<Record<RightsOn, readonly string[]>> = {
  intakeQueue: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
  deadLetterQueue: ['sqs:SendMessage'],
  table: [
    'dynamodb:BatchWriteItem',
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
    'dynamodb:Query',
    // What BatchExecuteStatement does is granted by statement.
    'dynamodb:PartiQLInsert',
    'dynamodb:PartiQLUpdate',
  ],
  // A right on the table is none on its index.
  dueIndex: ['dynamodb:Query'],
  stateMachine: ['states:StartExecution'],
  topic: ['sns:Publish'],
  genesysSecret: ['secretsmanager:GetSecretValue'],
};
