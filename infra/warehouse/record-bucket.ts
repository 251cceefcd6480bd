import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type BucketProps, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StackSettings } from '../settings';

/** Where Firehose puts records, and what it could not put there. */
export const recordsFolder = 'records/';
export const failedFolder = 'failed/';

/** Who read which object is asked for when something has leaked, which is noticed late. */
const accessLogDays = 365;

const kept: BucketProps = {
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  // CloudFormation deletes no bucket that has something in it: the deletion of a stack for trials would fail.
  removalPolicy: RemovalPolicy.RETAIN,
};

/**
 * The records in S3, and who asked for them. Without versions: Firehose writes each object once, and a person who asks to be forgotten must
 * not live on in an older version.
 */
export class RecordBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { warehouseDays }: Pick<StackSettings, 'warehouseDays'>) {
    super(scope, id);
    const accessLog = new Bucket(this, 'AccessLog', {
      ...kept,
      lifecycleRules: [{ expiration: Duration.days(accessLogDays) }],
    });
    const abandoned = { abortIncompleteMultipartUploadAfter: Duration.days(7) };
    this.bucket = new Bucket(this, 'Bucket', {
      ...kept,
      serverAccessLogsBucket: accessLog as IBucket,
      lifecycleRules: [{ ...abandoned, ...(warehouseDays > 0 ? { expiration: Duration.days(warehouseDays) } : {}) }],
    }) as IBucket;
  }
}
