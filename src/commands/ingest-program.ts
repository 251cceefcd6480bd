import type { Command } from 'commander';
import { type IngestConfig, loadIngestConfig } from '../config';
import { describeIngest } from '../config-described';
import type { StopSignals } from '../ports';
import type * as program from './ingest';
import { variablesHelp } from './variables-help';

interface IngestTerminal {
  readonly out: (text: string) => void;
  readonly stopSignals: (graceMs: number) => StopSignals;
  readonly program: string;
}

/** Only whoever serves pays for the server: the worker and the other commands start without it. */
const load = (): typeof program =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would leave CommonJS; a `require` knows no types
  require('./ingest') as typeof program;

const notShown = (all: readonly string[]): readonly string[] => all.map(() => '(not shown)');

const withoutSecrets = (config: IngestConfig): IngestConfig => {
  const { secrets } = config;
  if (secrets.kind === 'secret') return config;
  return { ...config, secrets: { ...secrets, bearer: notShown(secrets.bearer), signing: notShown(secrets.signing) } };
};

/** `tidemark ingest` */
export const addIngest = (cli: Command, terminal: IngestTerminal): void => {
  cli
    .command('ingest')
    .description('takes events over HTTP, `POST /v1/genesys/events`, and writes them to the queue')
    .option('--check-config', 'reports every problem of the configuration, and ends')
    .addHelpText('after', () => variablesHelp(describeIngest()))
    .action(async ({ checkConfig }: { checkConfig?: true }) => {
      const config = loadIngestConfig();
      if (checkConfig) terminal.out(`${JSON.stringify(withoutSecrets(config), null, 2)}\nThe configuration can be used.\n`);
      else await load().ingest(config, terminal.program, terminal.stopSignals(config.shutdownGraceMs));
    });
};
