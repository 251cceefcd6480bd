import { testCredentials, testRegion } from '../../clients';
import type { Child, Nursery } from '../../demo/children';
import { basics, builtProgram } from '../../demo/stage';

/** A process that answers posts. */
export interface Door {
  readonly url: string;
  readonly pid: number;
  readonly child: Child;
}

export const path = '/v1/genesys/events';

/** No secret: it opens nothing but a door on this machine. */
export const bearer = 'only-for-the-benchmark-of-the-door';

const helper = async (
  nursery: Nursery,
  name: string,
  args: readonly string[],
): Promise<{ url: string; pid: number; child: Child }> => {
  const child = nursery.start({ name, args: ['--import', 'tsx', ...args], env: basics() });
  return { url: await child.firstLine, pid: child.pid, child };
};

export const startEcho = async (nursery: Nursery): Promise<Door> => {
  const { url, pid, child } = await helper(nursery, 'echo', ['localstack/bench/echo/main.ts']);
  return { url: `${url}${path}`, pid, child };
};

export interface DoorOptions {
  readonly name: string;
  readonly backendUrl: string;
  readonly port: number;
  readonly profile?: string | undefined;
}

const environment = ({ backendUrl, port }: DoorOptions): Readonly<Record<string, string>> => ({
  ...basics(),
  QUEUE_URL: `${backendUrl}/000000000000/bench`,
  TABLE_NAME: 'bench',
  AWS_REGION: testRegion,
  AWS_ENDPOINT_URL: backendUrl,
  AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  INGEST_HOST: '127.0.0.1',
  INGEST_PORT: String(port),
  INGEST_BEARER_SECRETS: bearer,
  // What it can take is asked, not what it is told to take.
  INGEST_MAX_PER_SECOND: '100000',
  HEALTH_PORT: '0',
});

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const patienceMs = 60_000;

/** As production runs it. */
export const startDoor = async (nursery: Nursery, options: DoorOptions): Promise<Door> => {
  const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  const args = [...flags, ...builtProgram, 'ingest'];
  const child = nursery.start({ name: options.name, args, env: environment(options) });
  const origin = `http://127.0.0.1:${options.port}`;
  const untilMs = performance.now() + patienceMs;
  while (!(await isReady(`${origin}/readyz`))) {
    if (child.exit() !== null)
      throw new Error(`tidemark ingest ended (${child.exit()}) before it was ready; see ${child.logFile}.`);
    if (performance.now() > untilMs)
      throw new Error(`tidemark ingest was not ready after ${patienceMs} ms; see ${child.logFile}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url: `${origin}${path}`, pid: child.pid, child };
};
