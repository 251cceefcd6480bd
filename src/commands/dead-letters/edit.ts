import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { type Archive, openArchive, type Problem } from '../../on-call/archive-file';
import { audited } from '../../on-call/audit';
import { type Edit, performEdit, prepareEdit } from '../../on-call/edit';
import type { OnCallOutside } from '../../on-call/outside';
import { type Used, withLetter } from '../../on-call/with-letter';
import type { LetterQueue } from '../../ports-on-call';
import type { OnCallTerminal } from '../on-call-terminal';
import { UnreadableFileError } from '../replay';
import { withOnCall } from '../with-on-call';
import { addChangeOptions, type ChangeOptions } from './change-options';
import { withDiskFile } from './disk-file';
import { queueName } from './look';
import { forgetStopped } from './snapshot-file';

type EditOptions = ChangeOptions & { readonly body: string; readonly keep: string };

/** As it is, to the last byte: what is no UTF-8 would be sent as something else. */
const readBody = async (file: string): Promise<string> => {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`--body: expected a file with the new body: ${why}`, { cause });
  });
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw new UnreadableFileError(`--body: expected UTF-8 in ${file}, got other bytes.`);
  return text;
};

const mostPaths = 50;

const changesText = ({ changed }: Edit): string => {
  if (changed === null) return 'The old body is no JSON object: nothing to compare the new one with.\n';
  const lines = changed.slice(0, mostPaths).map(({ path, how }) => `  ${how.padEnd(7)}  ${path}\n`);
  const more = changed.length > mostPaths ? `  and ${changed.length - mostPaths} more\n` : '';
  return `${changed.length} places differ (values are not shown):\n${lines.join('')}${more}`;
};

const describe = (edit: Edit) => ({
  id: edit.letter.id,
  bodySha256: edit.before,
  newBodySha256: edit.after,
  changed: edit.changed,
  events: edit.events,
  to: edit.to.name,
});

const summary = (edit: Edit, outside: OnCallOutside): string =>
  `${changesText(edit)}body ${edit.before}\n  -> ${edit.after}\n` +
  `Today's code admits the new one: ${edit.events} ${edit.events === 1 ? 'event' : 'events'} for ${edit.to.name}.` +
  `${outside.allowedSources === null ? ' ALLOWED_SOURCES is not given here: a worker that has it may refuse it.' : ''}\n`;

const whatOf = ({ letter, before, after, changed }: Edit, { body, keep }: EditOptions): string =>
  `edit ${letter.id} --body ${body} --keep ${keep}; body ${before} becomes ${after}; ` +
  `differs at ${changed === null ? 'all of it' : changed.slice(0, mostPaths).map(({ path }) => path).join(' ')}`; // prettier-ignore

const dryRun = (edit: Edit, outside: OnCallOutside, options: EditOptions, terminal: OnCallTerminal): void => {
  if (options.json) terminal.out(`${JSON.stringify({ executed: false, ...describe(edit) }, null, 2)}\n`);
  else
    terminal.out(
      `${summary(edit, outside)}Nothing was sent. With --execute the letter goes into ${options.keep}, and the new body on its way.\n`,
    );
};

interface Work {
  readonly outside: OnCallOutside;
  readonly options: EditOptions;
  readonly terminal: OnCallTerminal;
  readonly keep: Archive;
}

const execute = async (edit: Edit, { outside, options, terminal, keep }: Work) => {
  const asked = { action: 'edit', why: options.why, what: whatOf(edit, options) } as const;
  const done = await audited(outside, asked, terminal, (trail) => performEdit(edit, keep, trail));
  if (done.counts['removed'] !== 1) terminal.found();
  const { counts, outcomes } = done;
  const text = outcomes?.map(({ id, outcome }) => `  ${id}: ${outcome}\n`).join('') ?? '';
  if (options.json)
    terminal.out(`${JSON.stringify({ executed: true, ...describe(edit), file: keep.name, ...counts, outcomes }, null, 2)}\n`);
  else terminal.out(`${summary(edit, outside)}${text}The letter as it was is in ${keep.name}: \`restore\` brings it back.\n`);
  await forgetStopped(
    outside,
    done.gone.map(({ id }) => id),
  );
  return done.gone;
};

const lookText = ({ url }: LetterQueue, seconds: number): string =>
  `Looks through queue ${queueName(url)}. Others may miss a letter for at most ${seconds} seconds while it is looked at.\n`;

/** Where the letter is found it is judged, and mended while it is hidden from all others. */
const edit = async (
  id: string,
  options: EditOptions,
  terminal: OnCallTerminal,
  keep: Archive | null,
): Promise<Problem | null> => {
  const body = await readBody(options.body);
  return withOnCall(options, terminal.program, async (outside) => {
    const found = await withLetter(
      outside.letterQueues,
      { id, stop: terminal.stop(), onQueue: (queue, seconds) => terminal.err(lookText(queue, seconds)) },
      async (queue, letter): Promise<Used<Problem | 'done'>> => {
        const prepared = await prepareEdit(outside, { queue, letter, body });
        if ('problem' in prepared) return { result: prepared, gone: [] };
        if (keep) return { result: 'done', gone: await execute(prepared, { outside, options, terminal, keep }) };
        dryRun(prepared, outside, options, terminal);
        return { result: 'done', gone: [] };
      },
    );
    if (found === null)
      return {
        problem: `Expected a letter ${id} in one of the queues, met none. Perhaps somebody looks at it: try again in a minute.`,
      };
    return found === 'done' ? null : found;
  });
};

/** `tidemark dead-letters edit` */
export const addEdit = (deadLetters: Command, terminal: OnCallTerminal): void => {
  const command = deadLetters
    .command('edit')
    .description('sends another body in place of a letter that no code will ever admit; the letter as it was is kept')
    .argument('<id>', 'its message id in its queue, as `list` prints it')
    .requiredOption('--body <file>', 'the new body, byte for byte; it must be one that today’s code admits')
    .requiredOption('--keep <file>', 'where the letter goes as it was, for `restore`: a new file, or an archive');
  addChangeOptions(command).action(async (id: string, options: EditOptions) => {
    const refused = options.execute
      ? await withDiskFile(options.keep, async (file) => {
          const keep = await openArchive(file);
          return 'problem' in keep ? keep : edit(id, options, terminal, keep);
        })
      : await edit(id, options, terminal, null);
    if (refused) command.error(refused.problem);
  });
};
