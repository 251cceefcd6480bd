import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { RecordSubscription } from './record-subscription';
import type { StackSettings } from './settings';
import { subscriberOf } from './subscriber';

interface SubscribersProps {
  readonly topic: ITopic;
  readonly settings: StackSettings;
}

/** Those whom the setting `subscribers` names. */
export class Subscribers extends Construct {
  readonly subscriptions: readonly RecordSubscription[];

  constructor(scope: Construct, id: string, { topic, settings }: SubscribersProps) {
    super(scope, id);
    this.subscriptions = settings.subscribers
      .map(subscriberOf)
      .map(({ name, protocol, arn }) => new RecordSubscription(this, name, { topic, settings, name, to: { protocol, arn } }));
  }
}
