import type { Child, Nursery } from '../../demo/children';
import { basics, builtProgram } from '../../demo/stage';
import { testCredentials, testRegion } from '../../clients';

/** A process that works on what a backend holds. */
export interface Program {
  readonly pid: number;
  readonly child: Child;
}

export interface ProgramOptions {
  readonly name: string;
  readonly backendUrl: string;
  /** Beside or instead of the ones below. */
  readonly variables?: Readonly<Record<string, string>>;
  /** A folder for its CPU profile. */
  readonly profile?: string | undefined;
}

const account = '000000000000';

/** Everything that a worker, or whoever is measured beside it, must know of the backend: it is all of AWS and Genesys at once. */
export const environmentOf = (backendUrl: string): Readonly<Record<string, string>> => ({
  ...basics(),
  QUEUE_URL: `${backendUrl}/${account}/bench`,
  DEAD_LETTER_QUEUE_URL: `${backendUrl}/${account}/bench-dead-letters`,
  EVENT_DEAD_LETTER_QUEUE_URL: `${backendUrl}/${account}/bench-event-dead-letters`,
  TABLE_NAME: 'bench',
  STATE_MACHINE_ARN: `arn:aws:states:${testRegion}:${account}:stateMachine:bench`,
  RECORD_TOPIC_ARN: `arn:aws:sns:${testRegion}:${account}:bench`,
  AWS_REGION: testRegion,
  AWS_ENDPOINT_URL: backendUrl,
  AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  GENESYS_API_URL: backendUrl,
  GENESYS_LOGIN_URL: backendUrl,
  GENESYS_CLIENT_ID: 'bench',
  GENESYS_CLIENT_SECRET: 'only-for-the-benchmark-of-the-worker',
  HEALTH_PORT: '0',
});

const start = (nursery: Nursery, { name, backendUrl, variables, profile }: ProgramOptions, args: readonly string[]): Program => {
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = nursery.start({ name, args: [...flags, ...args], env: { ...environmentOf(backendUrl), ...variables } });
  return { pid: child.pid, child };
};

/** As production runs it. */
export const startWorker = (nursery: Nursery, options: ProgramOptions): Program =>
  start(nursery, options, [...builtProgram, 'worker']);

/** A script of this folder, run as it is written. */
export const startScript = (nursery: Nursery, options: ProgramOptions, script: string, args: readonly string[] = []): Program =>
  start(nursery, options, ['--import', 'tsx', script, ...args]);
