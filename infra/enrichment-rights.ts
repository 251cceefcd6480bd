import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Connection } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A system that the workflow calls. */
export interface Callee {
  readonly url: string;
  readonly connection: Connection;
}

export interface EnrichmentWorld {
  readonly stack: Stack;
  /** Of the state machine. */
  readonly name: string;
  readonly table: ITable;
  readonly callees: readonly Callee[];
}

const statesArn = (stack: Stack, resource: 'stateMachine' | 'execution', resourceName: string): string =>
  stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });

/** The guard of each conversation, and no other item of the table. */
const keepGuards = ({ table }: EnrichmentWorld): PolicyStatement =>
  new PolicyStatement({
    sid: 'KeepGuards',
    actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['X#*'] }, Null: { 'dynamodb:LeadingKeys': 'false' } },
  });

/** Whether the holder of a guard still runs. */
const lookAtHolders = ({ stack, name }: EnrichmentWorld): PolicyStatement =>
  new PolicyStatement({
    sid: 'LookAtHolders',
    actions: ['states:DescribeExecution'],
    resources: [statesArn(stack, 'execution', `${name}:*`)],
  });

const findSentiment = (): PolicyStatement =>
  new PolicyStatement({ sid: 'FindSentiment', actions: ['comprehend:BatchDetectSentiment'], resources: ['*'] });

/** By the name of the state machine: a right that refers to it would wait for it, and it waits for its rights. */
const callOut = ({ stack, name, callees }: EnrichmentWorld): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'CallOut',
    actions: ['states:InvokeHTTPEndpoint'],
    resources: [statesArn(stack, 'stateMachine', name)],
    conditions: {
      StringEquals: { 'states:HTTPMethod': ['GET', 'PUT'] },
      StringLike: { 'states:HTTPEndpoint': callees.map(({ url }) => `${url}/*`) },
    },
  }),
  new PolicyStatement({
    sid: 'UseConnections',
    actions: ['events:RetrieveConnectionCredentials'],
    resources: callees.map(({ connection }) => connection.connectionArn),
  }),
  new PolicyStatement({
    sid: 'ReadKeys',
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    resources: callees.map(({ connection }) => connection.connectionSecretArn),
  }),
];

/** What the workflow may do besides writing its log and its traces. */
export const enrichmentRights = (world: EnrichmentWorld): readonly PolicyStatement[] => [
  keepGuards(world),
  lookAtHolders(world),
  findSentiment(),
  ...(world.callees.length > 0 ? callOut(world) : []),
];
