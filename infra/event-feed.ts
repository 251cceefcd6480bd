import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Archive, EventBus, Rule, type IEventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { patternOfAll, patternsOfRegistered, type EventPattern } from './event-patterns';
import type { IntakeQueues } from './intake-queues';
import type { EventBusSetting, StackSettings } from './settings';

interface EventFeedProps {
  readonly queues: IntakeQueues;
  readonly settings: StackSettings;
}

/** CDK's type knows no prefixes. */
const inCdk = (pattern: EventPattern) => pattern as unknown as { readonly source: string[] };

/** From Genesys's partner event source to the intake queue. */
export class EventFeed extends Construct {
  readonly bus: IEventBus;
  /** The first of `rules`. */
  readonly rule: Rule;
  /** More than one where the types that are taken do not fit one pattern. */
  readonly rules: readonly Rule[];
  /** As they were chosen. CloudFormation's reference to a rule is `<bus>|<rule>`, which no metric is kept by. */
  readonly ruleNames: readonly string[];

  constructor(scope: Construct, id: string, { queues, settings }: EventFeedProps) {
    super(scope, id);
    const { sourcePrefixes, ruleMode, stackName } = settings;
    this.bus = this.busOf(settings.bus, stackName);
    const [pattern, ...others] =
      ruleMode === 'all' ? ([patternOfAll(sourcePrefixes)] as const) : patternsOfRegistered(sourcePrefixes);
    const nameOf = (number: number): string => `${stackName}-feed${number === 1 ? '' : `-${number}`}`;
    this.rule = this.ruleOf('Rule', pattern, nameOf(1));
    this.rules = [this.rule, ...others.map((other, index) => this.ruleOf(`Rule${index + 2}`, other, nameOf(index + 2)))];
    this.ruleNames = this.rules.map((_, index) => nameOf(index + 1));
    const target = new SqsQueue(queues.intake, {
      deadLetterQueue: queues.eventDeadLetters,
      // EventBridge's own most, both of them: a queue that cannot be written to for a day loses nothing.
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
    });
    for (const rule of this.rules) rule.addTarget(target);
    // The first narrows only when the others are there: a change of mode leaves no gap.
    for (const other of this.rules.slice(1)) this.rule.node.addDependency(other);
    if (settings.archiveDays > 0) this.addArchive(settings);
    this.warnOfSilence(settings);
  }

  private busOf(setting: EventBusSetting, stackName: string): IEventBus {
    if (setting.kind === 'existing') return EventBus.fromEventBusName(this, 'Bus', setting.name);
    const name = setting.kind === 'partner' ? { eventSourceName: setting.source } : { eventBusName: `${stackName}-events` };
    // CDK's own types do not keep `exactOptionalPropertyTypes`.
    return new EventBus(this, 'Bus', name) as IEventBus;
  }

  private ruleOf(id: string, pattern: EventPattern, ruleName: string): Rule {
    return new Rule(this, id, {
      ruleName,
      description: 'What Tidemark takes of the events of Genesys',
      eventBus: this.bus,
      eventPattern: inCdk(pattern),
    });
  }

  /** Of everything, whatever the rules take: a type that becomes known later can be replayed from before. */
  private addArchive({ stackName, sourcePrefixes, archiveDays, onDelete }: StackSettings): void {
    const archive = new Archive(this, 'Archive', {
      archiveName: `${stackName}-events`,
      sourceEventBus: this.bus,
      eventPattern: inCdk(patternOfAll(sourcePrefixes)),
      retention: Duration.days(archiveDays),
    });
    archive.applyRemovalPolicy(onDelete === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY);
  }

  private warnOfSilence({ bus, sourcePrefixes }: StackSettings): void {
    if (bus.kind !== 'own') return;
    const unusable = sourcePrefixes.every((prefix) => prefix.startsWith('aws.'));
    const how = unusable ? ' AWS lets nobody put an event whose source begins with `aws.`: give sourcePrefixes, too.' : '';
    const only = 'Neither eventSource nor eventBus is given: no event comes but what you put on the bus of this stack yourself.';
    Annotations.of(this).addWarningV2('tidemark:own-bus', `${only}${how}`);
  }
}
