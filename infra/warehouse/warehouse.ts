import { CfnOutput } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { RecordSubscription } from '../record-subscription';
import type { StackSettings } from '../settings';
import { warehouseName } from '../subscriber';
import { RecordBucket } from './record-bucket';
import { RecordStream } from './record-stream';
import { RecordTable } from './record-table';

interface WarehouseProps {
  readonly topic: ITopic;
  readonly settings: StackSettings;
}

/** A name that SQL takes without quotes. */
const databaseOf = (stackName: string): string => stackName.toLowerCase().replaceAll('-', '_');

/**
 * Every record, for Athena:
 *
 *   topic ──► subscription ──► Firehose ──► S3 ◄── table `records` ◄── view `latest_revision`
 *                  └► dead letters
 */
export class Warehouse extends Construct {
  readonly subscription: RecordSubscription;

  constructor(scope: Construct, id: string, { topic, settings }: WarehouseProps) {
    super(scope, id);
    const { bucket } = new RecordBucket(this, 'Storage', settings);
    const { stream, senderRole } = new RecordStream(this, 'Delivery', { name: `${settings.stackName}-records`, bucket });
    this.subscription = new RecordSubscription(this, 'Subscription', {
      topic,
      settings,
      name: warehouseName,
      to: { protocol: 'firehose', arn: stream.attrArn, roleArn: senderRole.roleArn },
    });
    const database = databaseOf(settings.stackName);
    new RecordTable(this, 'Catalogue', { database, bucket });
    new CfnOutput(this, 'Bucket', { value: bucket.bucketName }).overrideLogicalId('WarehouseBucketName');
    new CfnOutput(this, 'Database', { value: database }).overrideLogicalId('WarehouseDatabase');
  }
}
