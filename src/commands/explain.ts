import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { ConfigError } from '../config';
import { writeHistory } from '../core/on-call/history-script';
import { type Explained, explain, type LookForLetters } from '../on-call/explain';
import { exportHistory } from '../on-call/export-history';
import type { OnCallOutside } from '../on-call/outside';
import { mapperOf } from '../steps/reconstruct';
import { lookAtInbox } from './dead-letters/look';
import { stackOption } from './environment';
import { explainText } from './explain-text';
import type { OnCallTerminal } from './on-call-terminal';
import { withOnCall } from './with-on-call';

interface ExplainCommand {
  readonly deadLetters: boolean;
  readonly refresh: boolean;
  readonly unmasked: boolean;
  readonly json: boolean;
  readonly export?: string;
  readonly stack?: string;
}

/** For its owner alone, and never in place of another file: what is there may be all that is left of a conversation. */
const writePrivately = async (file: string, text: string): Promise<void> => {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text).finally(() => handle.close());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError([`--export: expected a file that can be made and is not there yet: ${why}`], { cause });
  }
};

const exportTo = async (outside: OnCallOutside, file: string, conversationId: string): Promise<string> => {
  const stored = await outside.conversations.read(conversationId);
  const { program, clock, registry } = outside;
  const history = exportHistory(stored, { program, nowMs: clock.nowMs(), mapperOf: mapperOf(registry) });
  await writePrivately(file, writeHistory(history));
  const count = (step: string): number => history.steps.filter((one) => one.step === step).length;
  return (
    `Wrote ${file}: ${count('arrive')} arrivals, ${count('close')} records. It holds customer data and is yours alone to read (0600); ` +
    `delete it when it has served.\nRun it again: tidemark replay ${file}\n`
  );
};

/** The bodies of events beside what is said of them: asked for by an option, and only in JSON. */
const withBodies = async ({ conversations }: OnCallOutside, explained: Explained) => {
  const { events } = await conversations.read(explained.conversationId);
  const bodies = new Map(events.map(({ event }) => [event.fingerprint, event.body]));
  return { ...explained, events: explained.events.map((event) => ({ ...event, body: bodies.get(event.fingerprint) ?? null })) };
};

const run = async (conversationId: string, options: ExplainCommand, terminal: OnCallTerminal): Promise<void> => {
  const { deadLetters, refresh, json, unmasked } = options;
  await withOnCall(options, terminal.program, async (outside) => {
    const look: LookForLetters = (filter) => lookAtInbox(outside, filter, refresh, terminal);
    const explained = await explain(outside, conversationId, deadLetters ? look : null);
    const shown = unmasked ? await withBodies(outside, explained) : explained;
    terminal.out(json || unmasked ? `${JSON.stringify(shown, null, 2)}\n` : explainText(explained));
    if (!explained.known) terminal.found();
    else if (options.export !== undefined) terminal.err(await exportTo(outside, options.export, conversationId));
  });
};

const help = `
Everything that the table, Step Functions, the dead-letter queues and the audit trail know of a conversation. Exits with 1 where the table
knows nothing of it. Events are shown by type, time and ids of Genesys's objects: nothing that a customer said or is.

--export writes a history: JSON lines, first what the file is, then events as they arrived and records as they were made. \`tidemark replay FILE\`
runs it through the production steps in memory and prints the records, byte for byte those of \`tidemark record ID --all\`; where the code of
today makes another record of the same events, it says which fields differ. A test can do the same: test/samples/history.jsonl is such a file.
The file holds customer data: events and records as they are. It is made for its owner alone (0600).`;

/** `tidemark explain` */
export const addExplain = (cli: Command, terminal: OnCallTerminal): void => {
  cli
    .command('explain')
    .description('everything that happened to a conversation, in order')
    .argument('<conversationId>')
    .option('--export <file>', 'also writes its history to a new file, for `tidemark replay`; it holds customer data')
    .option('--no-dead-letters', 'does not look through the dead-letter queues')
    .option('--refresh', 'looks through them anew, where that was done within the last quarter of an hour', false)
    .option('--unmasked', 'as JSON, with the bodies of its events: customer data', false)
    .option('--json', 'the same as JSON', false)
    .addOption(stackOption())
    .addHelpText('after', help)
    .action((conversationId: string, options: ExplainCommand) => run(conversationId, options, terminal));
};
