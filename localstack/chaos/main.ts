import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDifferences } from '../demo/judge/verdict';
import { runSession } from '../demo/session';
import { builtProgram } from '../demo/stage';
import { parseOptions, type ChaosOptions } from './options';
import { runChaos, type Outcome } from './run';

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

const asItMustBe = (deploys: number): string =>
  `Every record and every execution is as it must be: after ${deploys} rolling ${deploys === 1 ? 'deploy' : 'deploys'} under load no effect is there twice, and no dead letter but the bad messages.`;

const tell = ({ report, differences, losses, complaints, plan, deploys }: Outcome): void => {
  say(`${report}\n`);
  if (differences.length === 0) say(asItMustBe(deploys));
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

runSession({ name: 'chaos', stopPatienceMs }, async (open) => {
  const options = parseOptions(process.argv.slice(2));
  const awsUrl = endpointOf(options);
  const session = open();
  const journal = (entry: Readonly<Record<string, unknown>>): void =>
    appendFileSync(join(session.folder, 'misfortunes.log'), `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
  const outcome = await runChaos(options, { ...session, program: builtProgram, awsUrl, journal });
  if (outcome.differences.length > 0) session.keepFolder();
  tell(outcome);
  return outcome.differences.length + outcome.complaints.length === 0 ? 0 : 1;
});
