import { Duration } from 'aws-cdk-lib';
import { EventBus, Rule, type IEventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { IntakeQueues } from './intake-queues';
import type { EventBusSetting, StackSettings } from './settings';

interface EventFeedProps {
  readonly queues: IntakeQueues;
  readonly settings: StackSettings;
}

/** From Genesys's partner event source to the intake queue. */
export class EventFeed extends Construct {
  readonly bus: IEventBus;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { queues, settings }: EventFeedProps) {
    super(scope, id);
    this.bus = this.busOf(settings.bus, settings.stackName);
    this.rule = new Rule(this, 'Rule', {
      eventBus: this.bus,
      eventPattern: { source: [{ prefix: 'aws.partner/genesys.com' }] as unknown as string[] },
    });
    this.rule.addTarget(
      new SqsQueue(queues.intake, {
        deadLetterQueue: queues.eventDeadLetters,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    );
  }

  private busOf(setting: EventBusSetting, stackName: string): IEventBus {
    if (setting.kind === 'existing') return EventBus.fromEventBusName(this, 'Bus', setting.name);
    const name = setting.kind === 'partner' ? { eventSourceName: setting.source } : { eventBusName: `${stackName}-events` };
    // CDK's own types do not keep `exactOptionalPropertyTypes`.
    return new EventBus(this, 'Bus', name) as IEventBus;
  }
}
