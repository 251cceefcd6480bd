import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptGenesys } from './genesys';
import { describeDifferences } from './judge/verdict';
import { parseOptions } from './options';
import { runDemo, type Outcome } from './run';
import { runSession, type Session } from './session';
import { builtProgram, startWorkers } from './stage';
import { askForAll, demoTimes, workerEnvironment } from './worker-environment';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const nextSteps = `Where to look next
  README.md                                   what it does, the six steps, what happens when things go wrong
  npm run -s tidemark -- replay FILE          the same code over message bodies in a file, without AWS
  npm run demo -- --keep                      leaves everything running, to look around
  npm run demo -- --sabotage drop-event       how it looks when something is wrong`;

/** Of the workers that stay. */
const keptTimes = { ...demoTimes, ...askForAll };

/** The environment of a worker, unquoted, as `source` and `docker --env-file` both read it: no value has blanks. */
const writeEnvironment = ({ stage }: Outcome, folder: string): string => {
  const file = join(folder, 'worker.env');
  const lines = Object.entries(workerEnvironment(stage.places, keptTimes)).map(([name, value]) => `${name}=${value}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

/** From now on a signal is no reason to leave everything behind at once. The children's pipes keep this process alive. */
const waitForSignal = async (): Promise<void> => {
  process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
};

const keepRunning = async (outcome: Outcome, { folder, nursery }: Session): Promise<void> => {
  const { stage } = outcome;
  // Whoever sends events of their own gets something of everything.
  await scriptGenesys(stage.places.genesysUrl, 'unknownIds', 'synthesize');
  const workers = startWorkers(nursery, stage, {
    program: builtProgram,
    names: ['kept-worker-1', 'kept-worker-2'],
    times: keptTimes,
  });
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

runSession({ name: 'demo' }, async (open) => {
  const options = parseOptions(process.argv.slice(2));
  const session = open();
  const outcome = await runDemo(options, { ...session, program: builtProgram });
  if (outcome.differences.length > 0) session.keepFolder();
  tell(outcome);
  if (options.keep) await keepRunning(outcome, session);
  await outcome.stage.standIns.stop();
  outcome.stage.clients.close();
  return outcome.differences.length === 0 ? 0 : 1;
});
