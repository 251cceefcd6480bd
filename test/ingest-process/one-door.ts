import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openNursery, projectRoot } from '../../localstack/demo/children';
import { mintSecrets } from '../../localstack/demo/door/secrets';
import { freePort, startDoor } from '../../localstack/demo/door/start';
import { setStage, type Stage } from '../../localstack/demo/stage';
import { type FaultyEndpoint, openFaultyEndpoint } from './faulty-endpoint';

/* `tidemark ingest` as its container runs it, alone with the stand-ins, on a way to AWS that can fail. */

const main = join(projectRoot, 'src', 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'tidemark-ingest-test-'));
/** For a stop that the tests themselves do not bound. */
const nursery = openNursery(folder, 60_000);
export const secrets = mintSecrets();

export interface World {
  readonly stage: Stage;
  readonly aws: FaultyEndpoint;
}

export interface OneDoor {
  readonly url: string;
  readonly healthPort: number;
  readonly isOpen: Promise<void>;
  readonly said: () => string;
  /** Until it has said so. */
  readonly hasSaid: (text: string) => Promise<void>;
  readonly signal: (name?: NodeJS.Signals) => void;
  readonly kill: () => void;
  /** Its exit code, or the signal that ended it, and how long it took from now. */
  readonly end: () => Promise<{ readonly exit: string; readonly tookMs: number }>;
}

export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(20);
};

let world: World | null = null;
let started = 0;

export const setWorld = async (): Promise<World> => {
  const stage = await setStage(nursery, 'a-secret', { visibilitySeconds: 60 });
  world = { stage, aws: await openFaultyEndpoint(stage.places.awsUrl) };
  return world;
};

export { freePort };

interface Differences {
  readonly env?: Readonly<Record<string, string>>;
  /** Node's own. */
  readonly args?: readonly string[];
  readonly port?: number;
}

/** `env` and `args` differ from those of a sound one. */
export const startOne = async ({ stage, aws }: World, { env = {}, args = [], port }: Differences = {}): Promise<OneDoor> => {
  const healthPort = await freePort();
  const { url, child, isOpen } = startDoor(nursery, {
    name: `door-${(started += 1)}`,
    port: port ?? (await freePort()),
    program: ['--import', 'tsx', ...args, main],
    secrets,
    places: { ...stage.places, awsUrl: aws.url },
    env: { LOG_LEVEL: 'debug', SHUTDOWN_GRACE_SECONDS: '30', HEALTH_PORT: String(healthPort), ...env },
  });
  const said = (): string => (existsSync(child.logFile) ? readFileSync(child.logFile, 'utf8') : '');
  return {
    url,
    healthPort,
    isOpen,
    said,
    hasSaid: (text) =>
      until(() => {
        if (said().includes(text)) return true;
        if (child.exit() !== null) throw new Error(`Expected it to say "${text}"; it ended with ${child.exit()}: ${said()}`);
        return false;
      }),
    signal: (name = 'SIGTERM') => void process.kill(child.pid, name),
    kill: child.kill,
    end: async () => {
      const fromMs = performance.now();
      await until(() => child.exit() !== null);
      const tookMs = performance.now() - fromMs;
      // It has ended: this is only its last words.
      return { exit: await child.stop(), tookMs };
    },
  };
};

export const endAll = async (): Promise<void> => {
  nursery.killAll();
  await world?.aws.close();
  world?.stage.clients.close();
  rmSync(folder, { recursive: true, force: true });
};
