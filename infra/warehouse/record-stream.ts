import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../nag';
import { failedFolder, recordsFolder } from './record-bucket';

interface RecordStreamProps {
  readonly name: string;
  readonly bucket: IBucket;
}

/** Athena reads few large objects faster than many small ones. A record is there after a quarter of an hour at the latest. */
const buffering = { intervalInSeconds: 900, sizeInMBs: 128 };

/** Firehose: collects records and puts them into S3, one a line, by the day on which they came. */
export class RecordStream extends Construct {
  readonly stream: CfnDeliveryStream;
  /** As whom SNS writes to it. */
  readonly senderRole: Role;

  constructor(scope: Construct, id: string, { name, bucket }: RecordStreamProps) {
    super(scope, id);
    // What it says of failures names objects and errors, no records.
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    const logStream = new LogStream(this, 'LogStream', { logGroup, removalPolicy: RemovalPolicy.DESTROY });
    const role = this.writerRole(bucket, logGroup);
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: name,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        // UTC. Firehose wants the type of the error named wherever it writes by a prefix of ours.
        prefix: `${recordsFolder}dt=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${failedFolder}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
        bufferingHints: buffering,
        compressionFormat: 'GZIP',
        processingConfiguration: { enabled: true, processors: [{ type: 'AppendDelimiterToRecord' }] },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: logStream.logStreamName,
        },
      },
    });
    this.senderRole = this.roleOfSns(this.stream.attrArn);
  }

  private writerRole(bucket: IBucket, logGroup: LogGroup): Role {
    const objects = [recordsFolder, failedFolder].map((folder) => bucket.arnForObjects(`${folder}*`));
    const role = new Role(this, 'Writer', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com'),
      // Within the role, so that there is no stream before its role may write.
      inlinePolicies: {
        Write: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
              resources: [bucket.bucketArn],
            }),
            new PolicyStatement({
              actions: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'],
              resources: objects,
            }),
            new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
          ],
        }),
      },
    });
    const bucketId = Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnBucket);
    for (const folder of [recordsFolder, failedFolder])
      acknowledge(role, {
        [`AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${folder}*]`]:
          'Firehose names the objects that it writes; it may write in its two folders alone.',
      });
    return role;
  }

  private roleOfSns(streamArn: string): Role {
    return new Role(this, 'Sender', {
      assumedBy: new ServicePrincipal('sns.amazonaws.com'),
      inlinePolicies: {
        Send: new PolicyDocument({
          statements: [
            new PolicyStatement({
              // As SNS's documentation asks for a subscription of a stream.
              actions: [
                'firehose:DescribeDeliveryStream',
                'firehose:ListDeliveryStreams',
                'firehose:ListTagsForDeliveryStream',
                'firehose:PutRecord',
                'firehose:PutRecordBatch',
              ],
              resources: [streamArn],
            }),
          ],
        }),
      },
    });
  }
}
