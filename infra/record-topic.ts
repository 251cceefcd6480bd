import { Topic, type CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Where every record is published. Subscribers are added to the stack, each with a dead-letter queue of its own. */
export class RecordTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { name }: { readonly name: string }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName: name, enforceSSL: true });
    // Records hold customer data. AWS's own key for SNS lets every principal of the account use it through SNS, so that publisher and
    // subscribers need no right to it. (Services, such as alarms, could not publish here; none does.)
    (this.topic.node.defaultChild as CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
  }
}
