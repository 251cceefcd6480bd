import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Where every record is published. Subscribers are added to the stack, each with a dead-letter queue of its own. */
export class RecordTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { name }: { readonly name: string }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName: name, enforceSSL: true });
  }
}
