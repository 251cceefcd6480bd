import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Urgency } from './alarms/definition';
import type { StackSettings } from './settings';

/** Where alarms go: one topic for what wakes a person, one for what can wait. Whoever is on call subscribes to them. */
export class AlarmTopics extends Construct {
  readonly topics: Readonly<Record<Urgency, ITopic>>;

  constructor(scope: Construct, id: string, { stackName, wakeTopicArn, dayTopicArn }: StackSettings) {
    super(scope, id);
    const topicOf = (name: string, urgency: Urgency, arn: string | null): ITopic =>
      arn === null ? this.make(name, `${stackName}-${urgency}`) : Topic.fromTopicArn(this, name, arn);
    this.topics = { wake: topicOf('Wake', 'wake', wakeTopicArn), day: topicOf('Day', 'day', dayTopicArn) };
  }

  /**
   * Not encrypted: CloudWatch cannot use the key that AWS has for SNS, an alarm would change its state and tell nobody; and what it says
   * is numbers of the public kind. The rule on TLS replaces the policy that a topic has by default, so CloudWatch is let in by name.
   */
  private make(name: string, topicName: string): ITopic {
    const topic = new Topic(this, name, { topicName, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return topic;
  }
}
