import { Construct } from 'constructs';
import { resources } from '../src/resources';
import { EventFeed } from './event-feed';
import { IntakeQueues } from './intake-queues';
import { RecordTopic } from './record-topic';
import type { StackSettings } from './settings';
import { Enrichment } from './enrichment';
import { WindowTable } from './window-table';

/** What events pass through and rest in: bus, rule and archive; queues; table; topic; workflow. Refers to nothing outside of itself. */
export class Messaging extends Construct {
  readonly queues: IntakeQueues;
  readonly feed: EventFeed;
  readonly windowTable: WindowTable;
  readonly recordTopic: RecordTopic;
  readonly enrichment: Enrichment;

  constructor(scope: Construct, id: string, settings: StackSettings) {
    super(scope, id);
    const wanted = resources(settings.stackName);
    this.queues = new IntakeQueues(this, 'Queues', wanted, settings);
    this.feed = new EventFeed(this, 'Feed', { queues: this.queues, settings });
    this.windowTable = new WindowTable(this, 'Windows', wanted.table, settings);
    this.recordTopic = new RecordTopic(this, 'Records', wanted.topic);
    this.enrichment = new Enrichment(this, 'Enrichment', {
      table: this.windowTable.table,
      definition: wanted.stateMachine,
      settings,
    });
  }

  /** Variables of the worker that name what is here. */
  get places() {
    const { queues, windowTable, recordTopic, enrichment } = this;
    return {
      QUEUE_URL: queues.intake.queueUrl,
      DEAD_LETTER_QUEUE_URL: queues.deadLetters.queueUrl,
      EVENT_DEAD_LETTER_QUEUE_URL: queues.eventDeadLetters.queueUrl,
      TABLE_NAME: windowTable.table.tableName,
      STATE_MACHINE_ARN: enrichment.stateMachine.stateMachineArn,
      RECORD_TOPIC_ARN: recordTopic.topic.topicArn,
    };
  }
}
