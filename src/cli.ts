import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { addCost } from './commands/cost';
import { addDeadLettersCommands } from './commands/dead-letters/program';
import { addDoctor } from './commands/doctor/program';
import { stackOption } from './commands/environment';
import { addExplain } from './commands/explain';
import { addForget } from './commands/forget';
import { addIngest } from './commands/ingest-program';
import { lateness } from './commands/lateness';
import { addLevers, addPause, addResume } from './commands/levers';
import type { OnCallTerminal } from './commands/on-call-terminal';
import { addProvision } from './commands/provision/program';
import { addRebuild } from './commands/rebuild';
import { addReplay, UnreadableFileError } from './commands/replay';
import { addRecord } from './commands/record';
import { addSchemasCommands } from './commands/schemas/program';
import { variablesHelp } from './commands/variables-help';
import { AwsFailedError } from './commands/with-aws';
import { work } from './commands/worker';
import { type Config, ConfigError, loadConfig } from './config';
import { describeWorker } from './config-described';
import type { GenesysConfig } from './config-genesys';
import type { StopSignals } from './ports';

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Soft on the first SIGTERM or SIGINT, hard when the grace is over. */
  readonly stopSignals: (graceMs: number) => StopSignals;
  /** One line typed by a person; null where there is no person. */
  readonly ask: (question: string) => Promise<string | null>;
  /** A person looks. */
  readonly isWatched: boolean;
  readonly program: string;
}

/** A command found what it looks for: a difference, a break. */
const foundSomething = 1;
/** Wrong usage, wrong configuration, a file that cannot be read: the caller's to mend. */
const usageError = 2;

const days = (text: string): number => {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > 3_650) throw new InvalidArgumentError('Expected a whole number of days from 1 to 3650.');
  return value;
};

const percentage = (text: string): number => {
  const value = /^\d{1,2}(\.\d{1,4})?$/.test(text) ? Number(text) : 0;
  if (value < 50) throw new InvalidArgumentError('Expected a share in percent from 50 to 99.9999.');
  return value;
};

const withSecretHidden = (config: Config, genesys: GenesysConfig): Config => {
  const { credentials } = genesys;
  return credentials.kind === 'secret'
    ? config
    : { ...config, callDetails: { ...genesys, credentials: { ...credentials, clientSecret: '(not shown)' } } };
};

const withoutSecrets = (config: Config): Config =>
  config.callDetails.kind === 'off' ? config : withSecretHidden(config, config.callDetails);

/** What a command of the engineer on call has in hand is done within seconds. */
const onCallGraceMs = 30_000;

const onCallTerminal = (terminal: Terminal, found: () => void): OnCallTerminal => ({
  ...terminal,
  found,
  stop: () => terminal.stopSignals(onCallGraceMs),
});

type AddOnCall = (cli: Command, terminal: OnCallTerminal) => void;

const onCallCommands: readonly AddOnCall[] = [
  addDeadLettersCommands,
  addExplain,
  addRecord,
  addPause,
  addResume,
  addLevers,
  addRebuild,
  addForget,
  addDoctor,
];

const buildProgram = (terminal: Terminal, found: () => void): Command => {
  const cli = new Command('tidemark')
    .description('One correct, revisioned record per Genesys Cloud conversation, out of an unordered feed.')
    .version(terminal.program)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });

  cli
    .command('worker', { isDefault: true })
    .description('polls the queue, keeps the windows, hands off records; the default command')
    .option('--check-config', 'reports every problem of the configuration, and ends')
    .addHelpText('after', () => variablesHelp(describeWorker()))
    // A misspelt command comes here, as arguments of the default one.
    .allowExcessArguments()
    .action(async ({ checkConfig }: { checkConfig?: true }, worker: Command) => {
      const [unknown] = worker.args;
      if (unknown !== undefined) worker.error(`error: expected a command, got '${unknown}'; \`tidemark --help\` lists them`);
      const config = loadConfig();
      if (checkConfig) terminal.out(`${JSON.stringify(withoutSecrets(config), null, 2)}\nThe configuration can be used.\n`);
      else await work(config, terminal.program, terminal.stopSignals(config.shutdownGraceMs));
    });

  addIngest(cli, terminal);
  addReplay(cli, { ...terminal, found });

  cli
    .command('lateness')
    .description('how late things came, as the workers have counted it, and what the bound and the holds could be instead')
    .option('--days <n>', 'days that are added up, today (UTC) the last of them', days, 7)
    .option('--cover <percent>', 'share of messages and conversations that is to be on time', percentage, 99.9)
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nReads TABLE_NAME, AWS_REGION, AWS_ENDPOINT_URL, OUT_OF_ORDERNESS_MS, HOLD_MS, ACW_HOLD_MS.')
    .action((options: { days: number; cover: number; json: boolean; stack?: string }) => lateness(options, terminal.out));
  addSchemasCommands(cli, { ...terminal, found });
  addProvision(cli, { ...terminal, found });
  addCost(cli, terminal);
  for (const add of onCallCommands) add(cli, onCallTerminal(terminal, found));
  return cli;
};

/** Runs one command line. Answers the exit code: 0, 1 for something found, 2 for what the caller must mend; any other failure rejects. */
export const run = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  let code = 0;
  try {
    await buildProgram(terminal, () => (code = foundSomething)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError;
    if (error instanceof ConfigError || error instanceof UnreadableFileError || error instanceof AwsFailedError) {
      terminal.err(`${error.message}\n`);
      return usageError;
    }
    throw error;
  }
};
