import type { Command } from 'commander';
import type { StoppedFilter } from '../../core/on-call/filter';
import { archiveLetters, type Archived } from '../../on-call/archive';
import { lookIntoArchive, openArchive, type Archive, type Problem } from '../../on-call/archive-file';
import { audited } from '../../on-call/audit';
import { hideSecondsFor } from '../../on-call/inbox';
import type { OnCallOutside } from '../../on-call/outside';
import { type Inbox, readInbox } from '../../on-call/read-inbox';
import { ofLetters, selectBy } from '../../on-call/select';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';
import { addChangeOptions, type ChangeOptions } from './change-options';
import { chosenGroups, chosenText, countsText } from './chosen-text';
import { diskFile, withDiskFile } from './disk-file';
import { addFilterOptions, describeFilter, type FilterOptions, readFilter } from './filter-options';

type ArchiveCommandOptions = ChangeOptions & FilterOptions;

interface Asked {
  readonly file: string;
  readonly filter: StoppedFilter;
  readonly options: ArchiveCommandOptions;
}

/** All that is visible, in all queues at once: a bound for how long one pass may take. */
const lettersIn = async (queues: OnCallOutside['letterQueues']): Promise<number> => {
  const counts = await Promise.all(queues.map((queue) => queue.count()));
  return Math.max(0, ...counts.map(({ visible }) => visible));
};

const execute = async (outside: OnCallOutside, archive: Archive, asked: Asked, terminal: OnCallTerminal): Promise<Archived> => {
  const { filter, options } = asked;
  const queues = outside.letterQueues.filter(({ place }) => filter.places?.includes(place) !== false);
  const what = `archive ${archive.name}: ${describeFilter(readFilter(options))}`;
  return audited(outside, { action: 'archive', why: options.why, what }, terminal, async () => {
    const hideSeconds = hideSecondsFor(await lettersIn(queues));
    const select = selectBy(outside, filter, outside.clock.nowMs());
    return archiveLetters(queues, archive, select, { hideSeconds, stop: terminal.stop() });
  });
};

const report = (
  archive: Archive,
  { counts, because, outcomes }: Archived,
  { json }: ChangeOptions,
  terminal: OnCallTerminal,
): void => {
  if (counts.failed > 0 || counts.left > 0 || because !== null) terminal.found();
  if (json) {
    terminal.out(`${JSON.stringify({ executed: true, file: archive.name, ...counts, because, outcomes }, null, 2)}\n`);
    return;
  }
  const failures = outcomes.filter(({ outcome }) => outcome.startsWith('failed')).slice(0, 20);
  terminal.out(
    [
      ...(archive.wasTorn ? [`${archive.name}: a torn line at its end was cut off; its letter is still in its queue.`] : []),
      `${countsText(counts)}. ${archive.name} has them.`,
      ...failures.map(({ id, outcome }) => `  ${id}: ${outcome}`),
      ...(because === null ? [] : [`It ended early: ${because}. Run the same command again: it goes on.`]),
      `Back with: tidemark dead-letters restore ${archive.name} --why TEXT --execute`,
      '',
    ].join('\n'),
  );
};

const reportDryRun = (inbox: Inbox, file: string, { json }: ChangeOptions, terminal: OnCallTerminal): void => {
  const selected = inbox.stopped.length;
  if (json)
    terminal.out(`${JSON.stringify({ executed: false, file, selected, groups: chosenGroups(inbox.stopped) }, null, 2)}\n`);
  else terminal.out(`${chosenText(inbox)}Nothing was moved. With --execute they go into ${file}, then out of their queue.\n`);
};

const archiveForReal = (asked: Asked, terminal: OnCallTerminal): Promise<Problem | null> =>
  withDiskFile(asked.file, async (file) => {
    const archive = await openArchive(file);
    if ('problem' in archive) return archive;
    await withOnCall(asked.options, terminal.program, async (outside) =>
      report(archive, await execute(outside, archive, asked, terminal), asked.options, terminal),
    );
    return null;
  });

const dryRun = async ({ file, filter, options }: Asked, terminal: OnCallTerminal): Promise<Problem | null> => {
  const archive = await lookIntoArchive(diskFile(file));
  if ('problem' in archive) return archive;
  await withOnCall(options, terminal.program, async (outside) =>
    reportDryRun(await readInbox(outside, { filter, stop: terminal.stop() }), file, options, terminal),
  );
  return null;
};

/** `tidemark dead-letters archive` */
export const addArchive = (deadLetters: Command, terminal: OnCallTerminal): void => {
  const command = deadLetters
    .command('archive')
    .description('moves letters out of their queues into a file, from which `restore` brings them back; holds customer data')
    .argument('<file>', 'one line of JSON for each; a new file, or one of an earlier archive, which is added to');
  addChangeOptions(addFilterOptions(command)).action(async (file: string, options: ArchiveCommandOptions) => {
    const filter = ofLetters(readFilter(options));
    if (filter === null) return command.error('--place: expected a place where letters lie: worker, eventbridge, subscription.');
    const asked = { file, filter, options };
    const refused = await (options.execute ? archiveForReal(asked, terminal) : dryRun(asked, terminal));
    if (refused) command.error(refused.problem);
  });
};
