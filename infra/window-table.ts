import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { TableDefinition } from '../src/resources';
import type { StackSettings } from './settings';

/** Windows, records and all that Tidemark remembers. */
export class WindowTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, wanted: TableDefinition, { onDelete }: StackSettings) {
    super(scope, id);
    const keeps = onDelete === 'keep';
    this.table = new Table(this, 'Table', {
      tableName: wanted.name,
      billingMode: BillingMode.PAY_PER_REQUEST,
      partitionKey: { name: wanted.partitionKey, type: AttributeType.STRING },
      sortKey: { name: wanted.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: wanted.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: wanted.pointInTimeRecovery },
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: keeps,
      removalPolicy: keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: wanted.dueIndex.name,
      partitionKey: { name: wanted.dueIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: wanted.dueIndex.sortKey, type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
