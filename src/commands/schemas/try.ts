import type { Command } from 'commander';
import { UnreadableFileError } from '../replay';
import { readBodies } from './message-file';
import type { SchemasTerminal } from './terminal';
import { registryAt } from './registry-at';
import { registryOption } from './registry-folder';
import { tryMessage } from './try-report';
import { tryText } from './try-text';

interface TryOptions {
  readonly registry?: string;
  readonly json: boolean;
}

const readOne = async (file: string): Promise<string> => {
  const [body, ...others] = await readBodies(file);
  if (body !== undefined && others.length === 0) return body;
  if (body === undefined) throw new UnreadableFileError(`Expected one message in the file ${file}, got none.`);
  throw new UnreadableFileError(
    `Expected one message in the file ${file}, got ${others.length + 1}. Give it one of them: \`sed -n 1p\` takes a line, \`jq '.Messages[0]'\` a letter, and \`tidemark schemas try -\` reads either.`,
  );
};

const tryFile = async (file: string, { registry, json }: TryOptions, { out, found }: SchemasTerminal): Promise<void> => {
  const report = tryMessage(await readOne(file), registryAt(registry).registry);
  out(json ? `${JSON.stringify(report, null, 2)}\n` : tryText(report));
  if (report.rejection) found();
};

/** `tidemark schemas try` */
export const addTry = (schemas: Command, terminal: SchemasTerminal): void => {
  schemas
    .command('try')
    .description('what becomes of one message: envelope, subject, version, drift, canonical event, its part of the record; or why it is refused')
    .argument('<file>', 'one message body, or one dead letter as the AWS CLI prints it; `-` for standard input')
    .option(...registryOption)
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nExit code 1: the message is refused, as a whole or in part.')
    .action((file: string, options: TryOptions) => tryFile(file, options, terminal));
};
