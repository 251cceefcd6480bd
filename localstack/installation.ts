import type { BackOfficeUrls } from './definition';

export interface Installation {
  /** The embedded stand-ins or LocalStack. */
  readonly endpointUrl: string;
  /** Keeps installations apart on one endpoint. */
  readonly prefix?: string;
  readonly overrides?: Overrides;
  /** Where the workflow's calls go; without it, they are left out. */
  readonly backOffice?: BackOfficeUrls;
}

/** What a demo or a test may want otherwise than production: shorter waits. */
export interface Overrides {
  readonly visibilitySeconds?: number;
  readonly receiveWaitSeconds?: number;
  readonly maxReceiveCount?: number;
}

export interface Provisioned {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueUrl: string;
  readonly deadLetterQueueArn: string;
  readonly eventDeadLetterQueueUrl: string;
  readonly tableName: string;
  readonly topicArn: string;
  readonly stateMachineArn: string;
  /** Null: the endpoint has no EventBridge, and events are sent to the queue. */
  readonly eventBusName: string | null;
  /** Settings of the table that the endpoint does not know. */
  readonly skipped: readonly string[];
}
