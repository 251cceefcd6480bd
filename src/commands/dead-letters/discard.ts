import type { Command } from 'commander';
import type { Problem } from '../../on-call/archive-file';
import { audited } from '../../on-call/audit';
import { discardLetters, type Discarded, toBeDiscarded } from '../../on-call/discard';
import type { OnCallOutside } from '../../on-call/outside';
import type { Inbox } from '../../on-call/read-inbox';
import { ofLetters } from '../../on-call/select';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';
import { addChangeOptions, type ChangeOptions } from './change-options';
import { chosenGroups, chosenText, countsText } from './chosen-text';
import { addFilterOptions, describeFilter, type FilterOptions, readFilter } from './filter-options';
import { lettersProgress } from './letters-progress';
import { forgetStopped } from './snapshot-file';
import { survey, type Surveyed } from './survey';

type DiscardCommandOptions = ChangeOptions & FilterOptions & { readonly confirm?: string };

/** Typed by a person, or given beforehand by one who has seen the number: no other number is discarded. */
const isConfirmed = async (
  selected: number,
  { confirm }: DiscardCommandOptions,
  terminal: OnCallTerminal,
): Promise<Problem | null> => {
  const wanted = `discard ${selected}`;
  const typed = confirm ?? (await terminal.ask(`They are gone for good. Type \`${wanted}\` to go on: `));
  if (typed === null)
    return { problem: `Expected a person to type it, or --confirm "${wanted}"; there is neither. Nothing was discarded.` };
  return typed.trim() === wanted
    ? null
    : { problem: `Expected \`${wanted}\`, for so many are selected now; got another text. Nothing was discarded.` };
};

const report = ({ counts, because, outcomes }: Discarded, { json }: ChangeOptions, terminal: OnCallTerminal): void => {
  if (counts.failed > 0 || counts.left > 0) terminal.found();
  if (json) {
    terminal.out(`${JSON.stringify({ executed: true, ...counts, because, outcomes }, null, 2)}\n`);
    return;
  }
  const ended = because === null ? '' : `It ended early: ${because}.\n`;
  const left = counts.left > 0 || counts.failed > 0 ? 'What is left is still in its queue: run the same command again.\n' : '';
  terminal.out(`${countsText(counts)}.\n${ended}${left}`);
};

const reportDryRun = (inbox: Inbox, { json }: ChangeOptions, terminal: OnCallTerminal): void => {
  const selected = inbox.stopped.length;
  if (json) terminal.out(`${JSON.stringify({ executed: false, selected, groups: chosenGroups(inbox.stopped) }, null, 2)}\n`);
  else
    terminal.out(
      `${chosenText(inbox)}Nothing was discarded. \`archive\` keeps them in a file instead; with --execute they are gone for good.\n`,
    );
};

const discardForReal = async (
  outside: OnCallOutside,
  { inbox: { stopped }, stop }: Surveyed,
  options: DiscardCommandOptions,
  terminal: OnCallTerminal,
): Promise<Problem | null> => {
  const refused = await isConfirmed(stopped.length, options, terminal);
  if (refused) return refused;
  const asked = { action: 'discard', why: options.why, what: `discard ${describeFilter(readFilter(options))}` } as const;
  const discarded = await audited(outside, asked, terminal, async (trail) => {
    await trail.note(toBeDiscarded(stopped));
    const { show, end } = lettersProgress(terminal, stopped.length);
    return discardLetters(outside.letterQueues, stopped, { stop, onProgress: show }).finally(end);
  });
  await forgetStopped(
    outside,
    discarded.outcomes.filter(({ outcome }) => outcome === 'removed').map(({ id }) => id),
  );
  report(discarded, options, terminal);
  return null;
};

const discard = (options: DiscardCommandOptions, terminal: OnCallTerminal): Promise<Problem | null> => {
  const filter = ofLetters(readFilter(options));
  if (filter === null)
    return Promise.resolve({
      problem: '--place: expected a place where letters lie; a window or an execution is not discarded.',
    });
  return withOnCall(options, terminal.program, async (outside) => {
    const surveyed = await survey(outside, filter, terminal);
    const { inbox, stop } = surveyed;
    if (options.execute && stop.soft.aborted) return { problem: 'Somebody stopped it. Nothing was discarded.' };
    if (options.execute && inbox.stopped.length > 0) {
      if (!options.json && options.confirm === undefined) terminal.err(chosenText(inbox));
      return discardForReal(outside, surveyed, options, terminal);
    }
    reportDryRun(inbox, options, terminal);
    return null;
  });
};

/** `tidemark dead-letters discard` */
export const addDiscard = (deadLetters: Command, terminal: OnCallTerminal): void => {
  const command = deadLetters
    .command('discard')
    .description('removes letters for good; the audit trail keeps their ids and hashes')
    .option('--confirm <text>', 'what a person would have to type: `discard N`, N the number of letters that are selected');
  addChangeOptions(addFilterOptions(command)).action(async (options: DiscardCommandOptions) => {
    const refused = await discard(options, terminal);
    if (refused) command.error(refused.problem);
  });
};
