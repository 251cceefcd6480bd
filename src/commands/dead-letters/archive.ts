import type { Command } from 'commander';
import type { StoppedFilter } from '../../core/on-call/filter';
import { archiveLetters, type Archived } from '../../on-call/archive';
import { lookIntoArchive, openArchive, type Archive, type Problem } from '../../on-call/archive-file';
import { audited } from '../../on-call/audit';
import { hideSecondsFor } from '../../on-call/inbox';
import type { OnCallOutside } from '../../on-call/outside';
import type { Inbox } from '../../on-call/read-inbox';
import { ofLetters, selectBy } from '../../on-call/select';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';
import { addChangeOptions, type ChangeOptions } from './change-options';
import { chosenGroups, chosenText, countsText } from './chosen-text';
import { diskFile, withDiskFile } from './disk-file';
import { addFilterOptions, describeFilter, type FilterOptions, readFilter } from './filter-options';
import { lettersProgress } from './letters-progress';
import { forgetStopped } from './snapshot-file';
import { survey } from './survey';

type ArchiveCommandOptions = ChangeOptions & FilterOptions;

interface Asked {
  readonly file: string;
  readonly filter: StoppedFilter;
  readonly options: ArchiveCommandOptions;
}

/** All that is visible, queue by queue. */
const lettersIn = async (queues: OnCallOutside['letterQueues']): Promise<readonly number[]> =>
  (await Promise.all(queues.map((queue) => queue.count()))).map(({ visible }) => visible);

const moveInto = async (archive: Archive, outside: OnCallOutside, filter: StoppedFilter, terminal: OnCallTerminal) => {
  const queues = outside.letterQueues.filter(({ place }) => filter.places?.includes(place) !== false);
  const letters = await lettersIn(queues);
  const hideSeconds = hideSecondsFor(Math.max(0, ...letters));
  terminal.err(`Others may miss a letter for at most ${hideSeconds} seconds while it is looked at.\n`);
  const { show, end } = lettersProgress(
    terminal,
    letters.reduce((sum, count) => sum + count, 0),
  );
  const select = selectBy(outside, filter, outside.clock.nowMs());
  const archived = archiveLetters(queues, archive, select, { hideSeconds, stop: terminal.stop(), onProgress: show });
  return archived.finally(end);
};

const execute = async (outside: OnCallOutside, archive: Archive, asked: Asked, terminal: OnCallTerminal): Promise<Archived> => {
  const { filter, options } = asked;
  const what = `archive ${archive.name}: ${describeFilter(readFilter(options))}`;
  const archived = await audited(outside, { action: 'archive', why: options.why, what }, terminal, () =>
    moveInto(archive, outside, filter, terminal),
  );
  const gone = archived.outcomes.filter(({ outcome }) => outcome === 'archived');
  await forgetStopped(
    outside,
    gone.map(({ id }) => id),
  );
  return archived;
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
    reportDryRun((await survey(outside, filter, terminal)).inbox, file, options, terminal),
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
