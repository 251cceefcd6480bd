import { once } from 'node:events';
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

/** The environment of a worker, unquoted, as `source` and `docker --env-file` both read it: no value has blanks. */
const writeEnvironment = ({ stage }: Outcome, folder: string): string => {
  const file = join(folder, 'worker.env');
  const lines = Object.entries(workerEnvironment(stage.places)).map(([name, value]) => `${name}=${value}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

/** From now on a signal is no reason to leave everything behind at once. The children's pipes keep this process alive. */
const waitForSignal = async (): Promise<void> => {
  process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
};

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

const tell = ({ report, differences, plan }: Outcome): void => {
  say(report);
  say(
    `\n${differences.length === 0 ? 'Every record and every execution is as it must be.' : describeDifferences(differences, plan)}`,
  );
  say(`\n${nextSteps}`);
};

const demo = async (options: DemoOptions): Promise<number> => {
  if (!existsSync(builtProgram[0]!))
    throw new Error('Expected the built program in dist/. Run `npm run build`, or `npm run demo`.');
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-demo-'));
  const nursery = openNursery(folder);
  let isFolderWanted = false;
  process.once('exit', () => {
    nursery.killAll();
    if (isFolderWanted) process.stderr.write(`Logs: ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true });
  });
  const nowMs = (): number => performance.now();
  const progress = openProgress(process.stderr, nowMs);
  try {
    const outcome = await runDemo(options, { nursery, progress, program: builtProgram, nowMs });
    isFolderWanted = outcome.differences.length > 0;
    tell(outcome);
    if (options.keep) await keepRunning(outcome, folder, nursery);
    await outcome.stage.standIns.stop();
    outcome.stage.clients.close();
    return outcome.differences.length === 0 ? 0 : 1;
  } catch (error) {
    progress.end();
    isFolderWanted = true;
    throw error;
  }
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
