import { Argument, type Command, InvalidArgumentError } from 'commander';
import { dynamoConversationReader } from '../aws/conversation-reader';
import { loadTableConfig } from '../config';
import type { ConversationRecord } from '../core/record';
import { environmentOf, stackOption } from './environment';
import type { OnCallTerminal } from './on-call-terminal';
import { withTable } from './with-table';

interface RecordOptions {
  readonly revision?: number;
  readonly all: boolean;
  readonly stack?: string;
}

const revisionNumber = (text: string): number => {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw new InvalidArgumentError('Expected the number of a revision, from 1.');
  return value;
};

/** Of several lives the newest, unless all are asked for. */
const chosen = (records: readonly ConversationRecord[], { revision, all }: RecordOptions): readonly ConversationRecord[] => {
  if (all) return records;
  const last = records.at(-1);
  if (revision === undefined) return last ? [last] : [];
  const found = records.filter((record) => record.revision === revision).at(-1);
  return found ? [found] : [];
};

const nothingFound = (conversationId: string, { revision }: RecordOptions, records: readonly ConversationRecord[]): string => {
  const wanted = revision === undefined ? 'a record' : `revision ${revision}`;
  const there = records.map(({ life, revision: number }) => `${number} (life ${life})`).join(', ');
  const why = records.length > 0 ? `There are revisions ${there}.` : 'Not closed yet, expired, forgotten, or in another table?';
  return `Expected ${wanted} of ${conversationId} in the table, found none. ${why}\n`;
};

/** One record as a person reads it; all of them one a line, oldest first, as `replay` prints them. */
const textOf = (records: readonly ConversationRecord[], all: boolean): string =>
  records.map((record) => `${JSON.stringify(record, null, all ? undefined : 2)}\n`).join('');

/** `tidemark record`: from the table, which holds records whole. */
export const addRecord = (cli: Command, terminal: OnCallTerminal): void => {
  cli
    .command('record')
    .description('prints the stored record of a conversation as JSON, whole; holds customer data')
    .addArgument(new Argument('<conversationId>'))
    .option('--revision <n>', 'this revision, of the newest life that has it; else the last', revisionNumber)
    .option('--all', 'every revision of every life, one a line, oldest first', false)
    .addOption(stackOption())
    .addHelpText('after', '\nReads TABLE_NAME, AWS_REGION, AWS_ENDPOINT_URL. Exits with 1 where there is no such record.')
    .action(async (conversationId: string, options: RecordOptions) => {
      const place = loadTableConfig(await environmentOf(options.stack));
      const stored = await withTable(place, (table) => dynamoConversationReader(table).read(conversationId));
      const all = stored.records.map(({ record }) => record);
      const records = chosen(all, options);
      terminal.out(textOf(records, options.all));
      if (records.length > 0) return;
      terminal.err(nothingFound(conversationId, options, all));
      terminal.found();
    });
};
