import { testRegion } from '../clients';
import type { Provisioned } from '../installation';

export interface Places extends Provisioned {
  readonly awsUrl: string;
  readonly genesysUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type WorkerTimes = Readonly<Record<string, string>>;

/** A day in a minute: every wait of production, shortened. Ratios that matter (hold < after-call work < idle) stay. */
export const demoTimes: WorkerTimes = {
  HOLD_MS: '2500',
  ACW_HOLD_MS: '3500',
  IDLE_MS: '6000',
  HOLD_CAP_MS: '20000',
  OUT_OF_ORDERNESS_MS: '300',
  WAIT_TIME_SECONDS: '1',
  VISIBILITY_SECONDS: '10',
  NOT_READY_GAP_MS: '200',
  TICK_MS: '200',
  HEARTBEAT_MS: '300',
  LEASE_MS: '10000',
  SHUTDOWN_GRACE_SECONDS: '15',
};

/** Everything that Genesys can be asked for, by workers who have the quota of an hour for each minute of the day in a minute. */
export const askForAll: WorkerTimes = {
  PARTICIPANT_ATTRIBUTES: 'on',
  TRANSCRIPT: 'on',
  SENTIMENT: 'on',
  RESOLVE_NAMES: 'on',
  GENESYS_REQUESTS_PER_MINUTE: '18000',
  // What never comes is waited for some twelve seconds: on a busy machine what does come takes its time.
  NOT_READY_MAX: '6',
  LEASE_MS: '20000',
};

/**
 * Elsewhere is LocalStack, which answers some hundred calls a second: timers look less often and into fewer shards, and polls are few.
 * With production's pollers a poll of one second takes up to five there, and the bus brings some conversations' events four seconds apart
 * by the queue's own clock, ten beside other work, where the hold is 2.5 s: then a late revision is right, and the story's truth knows
 * nothing of it.
 */
export const lessOften: WorkerTimes = { TICK_MS: '500', HEARTBEAT_MS: '500', SHARDS: '4', CONSUMERS: '2' };

/** Where AWS is, and who asks. */
export const awsVariables = ({ awsUrl, clientSecret }: Places): Readonly<Record<string, string>> => ({
  AWS_REGION: testRegion,
  AWS_ENDPOINT_URL: awsUrl,
  // Whatever the stand-ins are signed to, they take; a canary, so that a process that prints its credentials is found out.
  AWS_ACCESS_KEY_ID: 'demo',
  AWS_SECRET_ACCESS_KEY: clientSecret,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

/** The environment of a worker: production's variables, nothing of the shell that started the run. */
export const workerEnvironment = (places: Places, times: WorkerTimes = demoTimes): Readonly<Record<string, string>> => ({
  QUEUE_URL: places.queueUrl,
  DEAD_LETTER_QUEUE_URL: places.deadLetterQueueUrl,
  EVENT_DEAD_LETTER_QUEUE_URL: places.eventDeadLetterQueueUrl,
  TABLE_NAME: places.tableName,
  STATE_MACHINE_ARN: places.stateMachineArn,
  RECORD_TOPIC_ARN: places.topicArn,
  ...awsVariables(places),
  GENESYS_API_URL: places.genesysUrl,
  GENESYS_LOGIN_URL: places.genesysUrl,
  GENESYS_CLIENT_ID: places.clientId,
  GENESYS_CLIENT_SECRET: places.clientSecret,
  // Several of them share this machine.
  HEALTH_PORT: '0',
  ...times,
});
