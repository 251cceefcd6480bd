import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { openNursery } from './children';
import { describeDifferences } from './judge/verdict';
import { parseOptions, type DemoOptions } from './options';
import { openProgress } from './progress';
import { runDemo, type Outcome } from './run';
import { builtProgram, startWorkers } from './stage';
import { workerEnvironment } from './worker-environment';

// Newcomers run what they have; the image runs a newer Node.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const nextSteps = `Where to look next
  README.md                                   what it does, the six steps, what happens when things go wrong
  npm run -s tidemark -- replay FILE          the same code over message bodies in a file, without AWS
  npm run demo -- --keep                      leaves everything running, to look around
  npm run demo -- --sabotage drop-event       how it looks when something is wrong`;

/** The environment of a worker, to source: for `npm start` beside the others, or for a client of one's own. */
const writeEnvironment = ({ stage }: Outcome, folder: string): string => {
  const file = join(folder, 'worker.env');
  const lines = Object.entries(workerEnvironment(stage.places)).map(([name, value]) => `${name}='${value}'`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

const waitForSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal).once(signal, () => resolve());
    // A promise alone keeps no process alive.
    const alive = setInterval(() => undefined, 60_000);
    process.once('SIGINT', () => clearInterval(alive)).once('SIGTERM', () => clearInterval(alive));
  });

const keepRunning = async (outcome: Outcome, folder: string, nursery: ReturnType<typeof openNursery>): Promise<void> => {
  const { stage } = outcome;
  const workers = startWorkers(nursery, stage, { program: builtProgram, names: ['kept-worker-1', 'kept-worker-2'] });
  say(`
Everything is still there, with fresh workers, until Ctrl-C
  AWS           ${stage.places.awsUrl} (any credentials, region us-east-1)
  Genesys       ${stage.places.genesysUrl}
  queue         ${stage.places.queueUrl}
  dead letters  ${stage.places.deadLetterQueueUrl}
  table         ${stage.places.tableName}
  logs          ${folder}
  environment   ${writeEnvironment(outcome, folder)}`);
  await waitForSignal();
  await Promise.all(workers.map(({ stop }) => stop()));
};

const demo = async (options: DemoOptions): Promise<number> => {
  if (!existsSync(builtProgram[0]!))
    throw new Error('Expected the built program in dist/. Run `npm run build`, or `npm run demo`.');
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-demo-'));
  const nursery = openNursery(folder);
  let isFolderKept = true;
  process.once('exit', () => {
    nursery.killAll();
    if (!isFolderKept) rmSync(folder, { recursive: true, force: true });
  });
  const nowMs = (): number => performance.now();
  const progress = openProgress(process.stderr, nowMs);
  const outcome = await runDemo(options, { nursery, progress, program: builtProgram, nowMs }).catch((error: unknown) => {
    progress.end();
    throw new Error(`${String(error)}\nLogs: ${folder}`, { cause: error });
  });
  say(outcome.report);
  const { differences, plan, stage } = outcome;
  say(
    `\n${differences.length === 0 ? 'Every record and every execution is as it must be.' : describeDifferences(differences, plan)}`,
  );
  if (differences.length > 0 && !options.keep) say(`Logs: ${folder}`);
  say(`\n${nextSteps}`);
  if (options.keep) await keepRunning(outcome, folder, nursery);
  await stage.standIns.stop();
  stage.clients.close();
  isFolderKept = differences.length > 0 && !options.keep;
  return differences.length === 0 ? 0 : 1;
};

const run = async (): Promise<number> => {
  try {
    return await demo(parseOptions(process.argv.slice(2)));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
};

// 128 and the number of the signal, as shells have it. The exit takes the children along.
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));

void run().then((code) => process.exit(code));
