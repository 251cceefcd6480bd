import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { workerRights, type RightsOn } from '../src/core/worker-rights';
import { useOfKey } from './use-of-key';

/** ARNs, by what the rights are on. */
export type WorkerPlaces = Readonly<Record<RightsOn, string>>;

export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What a worker may do, thing by thing. */
export const rightsAt = (places: WorkerPlaces): readonly Right[] =>
  Object.entries(workerRights).map(([on, actions]) => ({ actions, resources: [places[on as RightsOn]] }));

/**
 * What lies in the table and is written by people or by the workflow: the audit trail, what they have paused, their redrives, the
 * guards of running executions. A worker has no business there, not even one that somebody has taken over.
 */
const othersPartitions = ['AUDIT#*', 'SWITCHES', 'REDRIVES', 'X#*'];

const neverOthersPartitions = (tableArn: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'NeverWhatPeopleWrote',
    effect: Effect.DENY,
    actions: ['BatchWriteItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'PartiQLInsert', 'PartiQLUpdate'].map(
      (name) => `dynamodb:${name}`,
    ),
    resources: [tableArn],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': othersPartitions } },
  });

const sids = {
  intakeQueue: 'Receive',
  deadLetterQueue: 'SetAside',
  table: 'KeepWindows',
  dueIndex: 'FindDueWindows',
  stateMachine: 'HandOff',
  topic: 'Publish',
  genesysSecret: 'ReadGenesysSecret',
} as const satisfies Record<RightsOn, string>;

/** The policy of the task's role. */
export const workerStatements = (places: WorkerPlaces, genesysSecretKeyArn: string | null): readonly PolicyStatement[] => [
  ...Object.entries(workerRights).map(
    ([on, actions]) =>
      new PolicyStatement({ sid: sids[on as RightsOn], actions: [...actions], resources: [places[on as RightsOn]] }),
  ),
  neverOthersPartitions(places.table),
  ...(genesysSecretKeyArn === null ? [] : [useOfKey('KeyOfGenesysSecret', genesysSecretKeyArn, places.genesysSecret)]),
];
