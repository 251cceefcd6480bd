import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ingestPartitions, ingestRights, type IngestRightsOn } from '../../src/core/ingest-rights';
import { useOfKey } from '../use-of-key';
import type { Right } from '../worker-rights';

/** ARNs, by what the rights are on. */
export type IngestPlaces = Readonly<Record<IngestRightsOn, string>>;

/** What ingest may do, thing by thing. */
export const ingestRightsAt = (places: IngestPlaces): readonly Right[] =>
  Object.entries(ingestRights).map(([on, actions]) => ({ actions, resources: [places[on as IngestRightsOn]] }));

const sids = {
  intakeQueue: 'Send',
  table: 'KeepKeysOfPosts',
  ingestSecret: 'ReadIngestSecret',
} as const satisfies Record<IngestRightsOn, string>;

/** Whoever takes over what anybody on the network can talk to finds no conversation in the table, and changes none. */
const onlyItsPartitions = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ingestPartitions },
  // A condition on keys holds of a request that names none.
  Null: { 'dynamodb:LeadingKeys': 'false' },
};

/** The policy of the task's role. */
export const ingestStatements = (places: IngestPlaces, secretKeyArn: string | null): readonly PolicyStatement[] => [
  ...Object.entries(ingestRights).map(
    ([on, actions]) =>
      new PolicyStatement({
        sid: sids[on as IngestRightsOn],
        actions: [...actions],
        resources: [places[on as IngestRightsOn]],
        ...(on === 'table' ? { conditions: onlyItsPartitions } : {}),
      }),
  ),
  ...(secretKeyArn === null ? [] : [useOfKey('KeyOfIngestSecret', secretKeyArn, places.ingestSecret)]),
];
