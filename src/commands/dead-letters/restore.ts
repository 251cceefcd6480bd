import type { Command } from 'commander';
import type { Problem } from '../../on-call/archive-file';
import { audited } from '../../on-call/audit';
import type { LineFile } from '../../on-call/line-file';
import type { OnCallOutside } from '../../on-call/outside';
import { restoreLetters, type Restored, strangeQueue, type Survey, surveyArchive } from '../../on-call/restore';
import { lookIntoRestored, openRestored, type RestoredFile } from '../../on-call/restored-file';
import type { LetterDestination } from '../../ports-on-call';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';
import { addChangeOptions, type ChangeOptions } from './change-options';
import { countsText } from './chosen-text';
import { diskFile, withDiskFile } from './disk-file';
import { lettersProgress } from './letters-progress';

type ArchiveFile = Pick<LineFile, 'name' | 'lines'>;

const report = ({ counts, because, outcomes }: Restored, { json }: ChangeOptions, terminal: OnCallTerminal): void => {
  if (counts.failed > 0 || counts.left > 0) terminal.found();
  if (json) {
    terminal.out(`${JSON.stringify({ executed: true, ...counts, because, outcomes }, null, 2)}\n`);
    return;
  }
  const { before, ...now } = counts;
  const earlier = before > 0 ? ` ${before} were restored before.` : '';
  const ended = because === null ? '' : `It ended early: ${because}.\n`;
  const again = counts.failed > 0 || counts.left > 0 ? 'Run the same command again: it goes on.\n' : '';
  terminal.out(`${countsText(now)}.${earlier}\n${ended}${again}`);
};

const reportDryRun = ({ selected, before, byQueue }: Survey, { json }: ChangeOptions, terminal: OnCallTerminal): void => {
  const queues = [...byQueue].map(([queueUrl, letters]) => ({ queueUrl, letters }));
  if (json) {
    terminal.out(`${JSON.stringify({ executed: false, selected, before, queues }, null, 2)}\n`);
    return;
  }
  const lines = queues.map(({ queueUrl, letters }) => `  ${letters} into ${queueUrl}\n`).join('');
  terminal.out(
    `${selected} letters would be restored, ${before} were before.\n${lines}Nothing was moved. With --execute they go back as they were; ` +
      'then `redrive` moves them on.\n',
  );
};

const intoQueues = (outside: OnCallOutside) => {
  const ways = new Map(outside.letterQueues.map((queue) => [queue.url, outside.backInto(queue)]));
  return (queueUrl: string): LetterDestination => {
    const way = ways.get(queueUrl);
    if (!way) throw new Error(`Expected a queue that was surveyed, got ${queueUrl}.`);
    return way;
  };
};

interface Work {
  readonly file: ArchiveFile;
  readonly restored: RestoredFile;
  readonly survey: Survey;
}

const execute = async (outside: OnCallOutside, work: Work, options: ChangeOptions, terminal: OnCallTerminal) => {
  const asked = { action: 'restore', why: options.why, what: `restore ${work.file.name}` } as const;
  const into = intoQueues(outside);
  const { soft: signal } = terminal.stop();
  const restored = await audited(outside, asked, terminal, () => {
    const { show, end } = lettersProgress(terminal, work.survey.selected);
    return restoreLetters({ ...work, into, signal, onProgress: show }).finally(end);
  });
  report(restored, options, terminal);
};

/** The whole file is read before AWS is asked for anything. */
const restore = async (
  file: ArchiveFile,
  restored: RestoredFile | Pick<RestoredFile, 'has'> | Problem,
  options: ChangeOptions,
  terminal: OnCallTerminal,
): Promise<Problem | null> => {
  if ('problem' in restored) return restored;
  const survey = await surveyArchive(file, restored);
  if ('problem' in survey) return survey;
  return withOnCall(options, terminal.program, async (outside) => {
    const strange = strangeQueue(
      file.name,
      survey,
      outside.letterQueues.map(({ url }) => url),
    );
    if (strange) return strange;
    if (!('note' in restored)) reportDryRun(survey, options, terminal);
    else await execute(outside, { file, restored, survey }, options, terminal);
    return null;
  });
};

/** `tidemark dead-letters restore` */
export const addRestore = (deadLetters: Command, terminal: OnCallTerminal): void => {
  const command = deadLetters
    .command('restore')
    .description('puts the letters of an archive back into the queues that they came from, byte for byte, each once')
    .argument('<file>', 'what `archive` or `edit --keep` wrote; <file>.restored beside it keeps what was restored');
  addChangeOptions(command).action(async (name: string, options: ChangeOptions) => {
    const file = diskFile(name);
    const noted = `${name}.restored`;
    const refused = options.execute
      ? await withDiskFile(noted, async (beside) => restore(file, await openRestored(beside), options, terminal))
      : await restore(file, await lookIntoRestored(diskFile(noted)), options, terminal);
    if (refused) command.error(refused.problem);
  });
};
