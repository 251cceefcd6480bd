import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { TableDefinition } from '../src/resources';
import type { StackSettings } from './settings';

/** Windows, records and all that Tidemark remembers. */
export class WindowTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, wanted: TableDefinition, { onDelete, tableName }: StackSettings) {
    super(scope, id);
    this.table =
      tableName === null
        ? (this.make(wanted, onDelete === 'keep') as ITable)
        : Table.fromTableAttributes(this, 'Table', { tableName, globalIndexes: [wanted.dueIndex.name] });
  }

  private make(wanted: TableDefinition, keeps: boolean): Table {
    const table = new Table(this, 'Table', {
      tableName: wanted.name,
      billingMode: BillingMode.PAY_PER_REQUEST,
      partitionKey: { name: wanted.partitionKey, type: AttributeType.STRING },
      sortKey: { name: wanted.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: wanted.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: wanted.pointInTimeRecovery },
      // AWS's own key for DynamoDB, not DynamoDB's own: whoever uses it is in CloudTrail.
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: keeps,
      removalPolicy: keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    table.addGlobalSecondaryIndex({
      indexName: wanted.dueIndex.name,
      partitionKey: { name: wanted.dueIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: wanted.dueIndex.sortKey, type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    return table;
  }
}
