import { homedir } from 'node:os';
import path from 'node:path';
import { crossChecks, daysToMs, secondsToMs, type Name, type Values } from './config-checks';
import { genesysConfig, type GenesysConfig } from './config-genesys';
import { ingestConfig, ingestSecretProblem, isOnlyForIngest, isReadByIngest } from './config-ingest';
import { checkTogether, readVariables, withoutEmpty, type Environment } from './config-read';
import { windowVariables } from './config-variables';
import type { HandoffPolicy } from './core/handoff';

/* The only file that reads the environment. What the variables are: config-variables.ts. */

/** Plain data; every duration in milliseconds. */
export interface Config {
  readonly aws: { readonly region: string | undefined; readonly endpointUrl: string | undefined };
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly tableName: string;
  readonly stateMachineArn: string;
  readonly recordTopicArn: string;
  readonly callDetails: GenesysConfig | { readonly kind: 'off' };
  readonly holdMs: number;
  /** 0: no hold of its own for after-call work. */
  readonly acwHoldMs: number;
  readonly holdCapMs: number;
  readonly idleMs: number;
  readonly outOfOrdernessMs: number;
  readonly notReadyGapMs: number;
  readonly notReadyMax: number;
  /** Claims of one close before its window is parked. */
  readonly maxAttempts: number;
  readonly retentionMs: number;
  readonly eventRetentionMs: number;
  readonly handoffPolicy: HandoffPolicy;
  /** 0: no early records. */
  readonly emitPartialEveryMs: number;
  readonly publishEvents: boolean;
  /** Empty: any source. */
  readonly allowedSources: readonly string[];
  readonly enrichmentSteps: readonly string[];
  readonly consumers: number;
  readonly waitTimeMs: number;
  readonly visibilityMs: number;
  readonly closeConcurrency: number;
  readonly leaseMs: number;
  readonly tickMs: number;
  readonly heartbeatMs: number;
  readonly shards: number;
  readonly shutdownGraceMs: number;
  /** 0: nobody asks. */
  readonly healthPort: number;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  readonly metricsNamespace: string;
}

/** All that is wrong with the environment, one line each. Shows values, never secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(['The configuration cannot be used:', ...problems].join('\n  '), options);
    this.problems = problems;
  }
}

const places = (values: Values) => ({
  aws: { region: values.AWS_REGION, endpointUrl: values.AWS_ENDPOINT_URL },
  queueUrl: values.QUEUE_URL,
  deadLetterQueueUrl: values.DEAD_LETTER_QUEUE_URL,
  tableName: values.TABLE_NAME,
  stateMachineArn: values.STATE_MACHINE_ARN,
  recordTopicArn: values.RECORD_TOPIC_ARN,
});

const windowConfig = (values: Pick<Values, keyof typeof windowVariables>) => ({
  holdMs: values.HOLD_MS,
  acwHoldMs: values.ACW_HOLD_MS,
  holdCapMs: values.HOLD_CAP_MS,
  idleMs: values.IDLE_MS,
  outOfOrdernessMs: values.OUT_OF_ORDERNESS_MS,
  notReadyGapMs: values.NOT_READY_GAP_MS,
  notReadyMax: values.NOT_READY_MAX,
  maxAttempts: values.MAX_CLOSE_ATTEMPTS,
  retentionMs: daysToMs(values.RETENTION_DAYS),
  eventRetentionMs: daysToMs(values.EVENT_RETENTION_DAYS ?? values.RETENTION_DAYS),
  handoffPolicy: values.HANDOFF_POLICY,
  emitPartialEveryMs: values.EMIT_PARTIAL_EVERY,
  publishEvents: values.PUBLISH_EVENTS === 'on',
  allowedSources: values.ALLOWED_SOURCES,
  enrichmentSteps: values.ENRICHMENT_STEPS,
});

const toConfig = (values: Values): Config => ({
  ...places(values),
  callDetails: values.CALL_DETAILS === 'off' ? { kind: 'off' } : genesysConfig(values),
  ...windowConfig(values),
  consumers: values.CONSUMERS,
  waitTimeMs: secondsToMs(values.WAIT_TIME_SECONDS),
  visibilityMs: secondsToMs(values.VISIBILITY_SECONDS),
  closeConcurrency: values.CLOSE_CONCURRENCY,
  leaseMs: values.LEASE_MS,
  tickMs: values.TICK_MS,
  heartbeatMs: values.HEARTBEAT_MS,
  shards: values.SHARDS,
  shutdownGraceMs: secondsToMs(values.SHUTDOWN_GRACE_SECONDS),
  healthPort: values.HEALTH_PORT,
  logLevel: values.LOG_LEVEL,
  metricsNamespace: values.METRICS_NAMESPACE,
});

/** Of some of the variables; all others may be missing or wrong. Throws one ConfigError with every problem. */
const loadSome = (env: Environment, isOurs: (name: Name) => boolean, alsoWrong?: typeof ingestSecretProblem): Values => {
  const { values, problems } = readVariables(withoutEmpty(env));
  const own = [...problems].filter(([name]) => isOurs(name)).map(([, problem]) => problem);
  const together = crossChecks.filter((check) => check.on.every(isOurs));
  const also = alsoWrong?.(values, problems) ?? null;
  const all = [...own, ...checkTogether(values, problems, together), ...(also === null ? [] : [also])];
  if (all.length > 0) throw new ConfigError(all);
  return values;
};

/** The worker's. Variables that are not its own are not looked at. */
export const loadConfig = (env: Environment = process.env): Config => toConfig(loadSome(env, (name) => !isOnlyForIngest(name)));

/** What `tidemark ingest` runs on; every duration in milliseconds. */
export const loadIngestConfig = (env: Environment = process.env) => {
  const values = loadSome(env, isReadByIngest, ingestSecretProblem);
  return {
    ...tablePlace(values),
    queueUrl: values.QUEUE_URL,
    shutdownGraceMs: secondsToMs(values.SHUTDOWN_GRACE_SECONDS),
    healthPort: values.HEALTH_PORT,
    logLevel: values.LOG_LEVEL,
    metricsNamespace: values.METRICS_NAMESPACE,
    ...ingestConfig(values),
  };
};

export type IngestConfig = ReturnType<typeof loadIngestConfig>;

export type WindowConfig = ReturnType<typeof windowConfig>;

/** What decides when a window closes. */
export const loadWindowConfig = (env: Environment = process.env): WindowConfig =>
  windowConfig(loadSome(env, (name) => name in windowVariables));

const tableNames: readonly Name[] = ['TABLE_NAME', 'AWS_REGION', 'AWS_ENDPOINT_URL'];

const tablePlace = (values: Values) => ({
  aws: { region: values.AWS_REGION, endpointUrl: values.AWS_ENDPOINT_URL },
  tableName: values.TABLE_NAME,
});

export type { Environment } from './config-read';

/** Of whoever runs a command: what lies there may be deleted at any time. */
export const cacheFolder = (env: Environment = process.env): string => {
  const folder = env['XDG_CACHE_HOME'] ?? '';
  return path.join(path.isAbsolute(folder) ? folder : path.join(homedir(), '.cache'), 'tidemark');
};

/** For a command that adds to it what it finds elsewhere. */
export const processEnvironment = (): Environment => process.env;

/** What it takes to read the table. */
export const loadTableConfig = (env: Environment = process.env) => tablePlace(loadSome(env, (name) => tableNames.includes(name)));

/** What it takes to read the table and to judge the waits of its windows. */
export const loadLatenessConfig = (env: Environment = process.env) => {
  const waits: readonly Name[] = ['OUT_OF_ORDERNESS_MS', 'HOLD_MS', 'ACW_HOLD_MS'];
  const values = loadSome(env, (name) => [...tableNames, ...waits].includes(name));
  return {
    ...tablePlace(values),
    outOfOrdernessMs: values.OUT_OF_ORDERNESS_MS,
    holdMs: values.HOLD_MS,
    acwHoldMs: values.ACW_HOLD_MS,
  };
};

/** What it takes to ask Genesys, whether the worker does or not. */
export const loadGenesysConfig = (env: Environment = process.env) => {
  const values = loadSome({ ...env, CALL_DETAILS: 'genesys' }, (name) => name.startsWith('GENESYS_'));
  const { apiUrl, loginUrl, credentials, requestsPerMinute, extras, resolveNames } = genesysConfig(values);
  return { apiUrl, loginUrl, credentials, requestsPerMinute, extras, resolveNames };
};

/** Where AWS is, as far as the environment says. */
export const loadAwsConfig = (env: Environment = process.env) => {
  const values = loadSome(env, (name) => name === 'AWS_REGION' || name === 'AWS_ENDPOINT_URL');
  return { region: values.AWS_REGION, endpointUrl: values.AWS_ENDPOINT_URL };
};

/** What it takes to look at dead letters. */
export const loadDeadLettersConfig = (env: Environment = process.env) => {
  const ours: readonly Name[] = ['DEAD_LETTER_QUEUE_URL', 'AWS_REGION', 'AWS_ENDPOINT_URL'];
  const values = loadSome(env, (name) => ours.includes(name));
  return {
    aws: { region: values.AWS_REGION, endpointUrl: values.AWS_ENDPOINT_URL },
    deadLetterQueueUrl: values.DEAD_LETTER_QUEUE_URL,
  };
};

/** What it takes to see where work stops, and to move it back; what is optional is looked at where it is named. */
export const loadOnCallConfig = (env: Environment = process.env) => {
  const given = withoutEmpty(env);
  const needed: readonly Name[] = [...tableNames, 'QUEUE_URL', 'DEAD_LETTER_QUEUE_URL', 'RETENTION_DAYS'];
  const others: readonly Name[] = ['STATE_MACHINE_ARN', 'RECORD_TOPIC_ARN', 'EVENT_DEAD_LETTER_QUEUE_URL', 'ALLOWED_SOURCES'];
  const has = (name: Name): boolean => given[name] !== undefined;
  const values = loadSome(env, (name) => needed.includes(name) || (others.includes(name) && has(name)));
  return {
    ...tablePlace(values),
    queueUrl: values.QUEUE_URL,
    deadLetterQueueUrl: values.DEAD_LETTER_QUEUE_URL,
    eventDeadLetterQueueUrl: values.EVENT_DEAD_LETTER_QUEUE_URL ?? null,
    stateMachineArn: has('STATE_MACHINE_ARN') ? values.STATE_MACHINE_ARN : null,
    recordTopicArn: has('RECORD_TOPIC_ARN') ? values.RECORD_TOPIC_ARN : null,
    allowedSources: has('ALLOWED_SOURCES') ? values.ALLOWED_SOURCES : null,
    retentionMs: daysToMs(values.RETENTION_DAYS),
  };
};

export type OnCallConfig = ReturnType<typeof loadOnCallConfig>;
