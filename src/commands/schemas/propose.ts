import { type Command, InvalidArgumentError, Option } from 'commander';
import { sqsLetterQueue } from '../../aws/letter-queue';
import { ConfigError, loadDeadLettersConfig } from '../../config';
import { lookAtLetters } from '../../on-call/look';
import { environmentOf, stackOption } from '../environment';
import { withAws } from '../with-aws';
import { readBodies } from './message-file';
import type { SchemasTerminal } from './terminal';
import { filesOf, proposeFor, proposeJson } from './propose-report';
import { proposeText } from './propose-text';
import { registryAt } from './registry-at';
import { registryOption } from './registry-folder';
import { writeNew } from './write-files';

interface ProposeOptions {
  readonly deadLetters?: number;
  readonly registry?: string;
  readonly write: boolean;
  readonly out?: string;
  readonly json: boolean;
  readonly stack?: string;
}

const usualLook = '100';
const mostLooked = 1_000;
/** Long enough to look at all of them. */
const hideSeconds = 60;

const atMost = (text: string): number => {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > mostLooked) throw new InvalidArgumentError(`Expected a whole number from 1 to ${mostLooked}.`);
  return value;
};

const isNoQueue = (error: unknown): boolean => error instanceof Error && error.name === 'QueueDoesNotExist';

const lookAtDeadLetters = async (limit: number, stack: string | undefined): Promise<readonly string[]> => {
  const { aws, deadLetterQueueUrl } = loadDeadLettersConfig(await environmentOf(stack));
  return withAws(aws, ({ sqs }, region) =>
    lookAtLetters(sqsLetterQueue(sqs, deadLetterQueueUrl, 'worker'), { atMost: limit, hideSeconds })
      .then((letters) => letters.map(({ body }) => body))
      .catch((cause: unknown) => {
        if (!isNoQueue(cause)) throw cause;
        throw new ConfigError([`DEAD_LETTER_QUEUE_URL: expected a queue in ${region}, found none at that address.`], { cause });
      }),
  );
};

const gather = async (files: readonly string[], { deadLetters, stack }: ProposeOptions): Promise<readonly string[]> => {
  const bodies: string[] = [];
  for (const file of files) bodies.push(...(await readBodies(file)));
  if (deadLetters !== undefined) bodies.push(...(await lookAtDeadLetters(deadLetters, stack)));
  return bodies;
};

const propose = async (
  files: readonly string[],
  options: ProposeOptions,
  { out, err, found }: SchemasTerminal,
): Promise<void> => {
  const { registry, write, out: folder, json } = options;
  const at = registryAt(registry);
  const report = proposeFor(await gather(files, options), at);
  out(json ? `${JSON.stringify(proposeJson(report), null, 2)}\n` : proposeText(report));
  if (write || folder !== undefined) {
    await writeNew(folder ?? at.folder, filesOf(report));
    for (const { path } of filesOf(report)) err(`Wrote ${path}; nobody has released it yet.\n`);
  }
  if (report.outcome.stuck.length > 0) found();
};

const deadLettersOption = (): Option =>
  new Option('--dead-letters [n]', 'looks at so many messages of DEAD_LETTER_QUEUE_URL, 100 by default, and leaves them there')
    .preset(usualLook)
    .argParser(atMost);

/** `tidemark schemas propose` */
export const addPropose = (schemas: Command, terminal: SchemasTerminal): void => {
  schemas
    .command('propose')
    .description('the next version of each schema that would admit these messages; releases nothing, writes only if told to')
    .argument('[files...]', 'message bodies, one a line or one JSON document; dead letters as the AWS CLI prints them; `-` for standard input')
    .addOption(deadLettersOption())
    .addOption(stackOption())
    .option(...registryOption)
    .option('--write', 'writes the proposed files into the registry', false)
    .addOption(new Option('--out <folder>', 'writes them there').conflicts('write'))
    .option('--json', 'the same as JSON, the proposed files whole', false)
    .addHelpText('after', '\nWith --dead-letters reads DEAD_LETTER_QUEUE_URL, AWS_REGION, AWS_ENDPOINT_URL. Exit code 1: some messages stay stuck.')
    .action((files: readonly string[], options: ProposeOptions, command: Command) =>
      files.length === 0 && options.deadLetters === undefined
        ? command.error('error: expected a file of messages, or --dead-letters')
        : propose(files, options, terminal),
    );
};
