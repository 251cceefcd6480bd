import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { openNursery } from '../demo/children';
import { describeDifferences } from '../demo/judge/verdict';
import { openProgress } from '../demo/progress';
import { builtProgram } from '../demo/stage';
import { parseOptions, type ChaosOptions } from './options';
import { runChaos, type Outcome } from './run';

// Newcomers run what they have; the image runs a newer Node.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Longer than the grace of a worker. */
const stopPatienceMs = 60_000;

const endpointOf = ({ localstack }: ChaosOptions): string | undefined => {
  if (!localstack) return undefined;
  const url = process.env['AWS_ENDPOINT_URL'];
  if (!url) throw new Error('Expected AWS_ENDPOINT_URL to name LocalStack, got nothing. For example: http://127.0.0.1:4566');
  return url;
};

const shownLosses = 10;

const tell = ({ report, differences, losses, complaints, plan }: Outcome): void => {
  say(`${report}\n`);
  if (differences.length === 0) say('Every record and every execution is as it must be.');
  else say(describeDifferences(differences, plan));
  if (losses.length > 0) {
    const more = losses.length > shownLosses ? [`and ${losses.length - shownLosses} more`] : [];
    say(
      ['Lost: events that are in no record, bad messages that nobody set aside', ...losses.slice(0, shownLosses), ...more].join(
        '\n  ',
      ),
    );
  }
  complaints.forEach(say);
};

const chaos = async (options: ChaosOptions): Promise<number> => {
  const awsUrl = endpointOf(options);
  if (!existsSync(builtProgram[0]!))
    throw new Error('Expected the built program in dist/. Run `npm run build`, or `npm run chaos`.');
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-chaos-'));
  const nursery = openNursery(folder, stopPatienceMs);
  let isFolderWanted = false;
  process.once('exit', () => {
    nursery.killAll();
    if (isFolderWanted) process.stderr.write(`Logs: ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true });
  });
  const nowMs = (): number => performance.now();
  const progress = openProgress(process.stderr, nowMs);
  const journal = (entry: Readonly<Record<string, unknown>>): void =>
    appendFileSync(join(folder, 'misfortunes.log'), `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
  try {
    const outcome = await runChaos(options, { nursery, progress, program: builtProgram, nowMs, awsUrl, journal });
    isFolderWanted = outcome.differences.length > 0;
    tell(outcome);
    return outcome.differences.length + outcome.complaints.length === 0 ? 0 : 1;
  } catch (error) {
    progress.end();
    isFolderWanted = true;
    throw error;
  }
};

const run = async (): Promise<number> => {
  try {
    return await chaos(parseOptions(process.argv.slice(2)));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`The run failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
};

// 128 and the number of the signal, as shells have it. The exit takes the children along.
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));

void run().then((code) => process.exit(code));
