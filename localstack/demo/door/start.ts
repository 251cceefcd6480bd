import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child, Nursery } from '../children';
import { basics } from '../stage';
import { awsVariables, type Places, type WorkerTimes } from '../worker-environment';
import type { DoorSecrets } from './secrets';

export interface Door {
  readonly url: string;
  readonly child: Child;
  /** Resolves when it takes posts; rejects when it ends before. */
  readonly isOpen: Promise<void>;
}

export interface DoorProgram {
  readonly name: string;
  readonly port: number;
  /** How `node` runs the program, less the command. */
  readonly program: readonly string[];
  readonly secrets: DoorSecrets;
  readonly places: Places;
  readonly times?: WorkerTimes;
  readonly env?: Readonly<Record<string, string>>;
}

/** One that nobody listens on, for a server that is to come back there when it is killed. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Production's variables of `tidemark ingest`. */
const doorEnvironment = ({ places, port, secrets, times = {} }: DoorProgram): Readonly<Record<string, string>> => ({
  ...awsVariables(places),
  QUEUE_URL: places.queueUrl,
  TABLE_NAME: places.tableName,
  INGEST_HOST: '127.0.0.1',
  INGEST_PORT: String(port),
  INGEST_BEARER_SECRETS: secrets.bearer,
  INGEST_SIGNING_SECRETS: secrets.signing,
  HEALTH_PORT: '0',
  ...times,
});

const lookEveryMs = 50;
const patienceMs = 60_000;

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(patienceMs) }).then(
    ({ ok }) => ok,
    () => false,
  );

const untilOpen = async (url: string, child: Child): Promise<void> => {
  const endMs = performance.now() + patienceMs;
  while (!(await isReady(url))) {
    const exit = child.exit();
    if (exit !== null || performance.now() > endMs)
      throw new Error(
        `Expected ${child.name} to take posts, it ${exit === null ? 'does not' : `ended (${exit})`}; see ${child.logFile}.`,
      );
    await sleep(lookEveryMs);
  }
};

export const startDoor = (nursery: Nursery, options: DoorProgram): Door => {
  const { name, port, program, env = {} } = options;
  const url = `http://127.0.0.1:${port}`;
  const child = nursery.start({
    name,
    args: [...program, 'ingest'],
    env: { ...basics(), ...doorEnvironment(options), ...env },
  });
  const isOpen = untilOpen(url, child);
  // Whoever does not wait for it does not want to hear that it was killed.
  isOpen.catch(() => undefined);
  return { url, child, isOpen };
};
