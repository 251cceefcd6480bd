import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openProxy, type Proxy } from '../../localstack/chaos/proxy';
import { openNursery, projectRoot } from '../../localstack/demo/children';
import { basics, setStage, type Stage } from '../../localstack/demo/stage';
import { demoTimes, workerEnvironment } from '../../localstack/demo/worker-environment';
import type { Call } from '../../localstack/chaos/call';

/* Worker processes, each alone with the stand-ins and with a way to AWS that can be shut. */

const main = join(projectRoot, 'src', 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'tidemark-lifecycle-test-'));
/** For a stop that the tests themselves do not bound. */
const nursery = openNursery(folder, 60_000);

export interface OneWorker {
  readonly stage: Stage;
  readonly said: () => string;
  /** Until it has said so. */
  readonly hasSaid: (text: string) => Promise<void>;
  readonly signal: (name?: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it, and how long it took from now. */
  readonly end: () => Promise<{ readonly exit: string; readonly tookMs: number }>;
  /** Calls of this kind wait from now on; answers when the first of them does. */
  readonly hold: (operation: string) => Promise<void>;
  readonly release: () => void;
  /** From now on no call of this service is answered. */
  readonly cut: (service: string) => void;
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await pause(20);
};

/** A way on which calls of one kind wait, and those of one service are lost. */
const openWay = async (upstream: string) => {
  let held: { readonly operation: string; readonly came: () => void; readonly released: Promise<void> } | null = null;
  let release = (): void => undefined;
  let cutService = '';
  /** Whoever asks waits next, in the same breath; the answer does not wait. */
  let asking: Call | null = null;
  const proxy: Proxy = await openProxy({
    upstream,
    asked: (call) => {
      if (call.service === cutService) throw new Error('It is cut.');
      asking = call;
    },
    pass: async () => {
      const call = asking;
      asking = null;
      if (!held || call?.operation !== held.operation) return;
      held.came();
      await held.released;
    },
    mishap: () => null,
    answered: () => undefined,
  });
  return {
    proxy,
    hold: (operation: string): Promise<void> =>
      new Promise((came) => (held = { operation, came, released: new Promise((resolve) => (release = resolve)) })),
    release: () => {
      held = null;
      release();
    },
    cut: (service: string) => void (cutService = service),
  };
};

let stage: Stage | null = null;
let started = 0;
const proxies: Proxy[] = [];

/** One worker, as its container would run it; `env` and `args` differ from a healthy one's. */
export const startOne = async (env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<OneWorker> => {
  const own = (stage ??= await setStage(nursery, 'a-secret', { visibilitySeconds: 10 }));
  const { proxy, ...way } = await openWay(own.places.awsUrl);
  proxies.push(proxy);
  const times = { ...demoTimes, LOG_LEVEL: 'debug', CALL_DETAILS: 'off', ...env };
  const child = nursery.start({
    name: `worker-${(started += 1)}`,
    args: ['--import', 'tsx', ...args, main, 'worker'],
    env: { ...basics(), ...workerEnvironment({ ...own.places, awsUrl: proxy.url }, times) },
  });
  const said = (): string => (existsSync(child.logFile) ? readFileSync(child.logFile, 'utf8') : '');
  return {
    ...way,
    stage: own,
    said,
    hasSaid: (text) =>
      until(() => {
        if (said().includes(text)) return true;
        if (child.exit() !== null)
          throw new Error(`Expected the worker to say "${text}"; it ended with ${child.exit()}: ${said()}`);
        return false;
      }),
    signal: (name = 'SIGTERM') => void process.kill(child.pid, name),
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
  await Promise.all(proxies.map(({ close }) => close()));
  stage?.clients.close();
  rmSync(folder, { recursive: true, force: true });
};
