import type { Command } from 'commander';
import type { StoppedFilter } from '../../core/on-call/filter';
import type { RedriveJob } from '../../core/on-call/redrive-job';
import type { OnCallOutside } from '../../on-call/outside';
import { type Inbox, readInbox } from '../../on-call/read-inbox';
import { createJob, type RedriveAsked } from '../../on-call/redrive-job';
import { groupsOf, outlooksOf, planRedrives, type RedrivePlan } from '../../on-call/redrive-plan';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { whyOption } from '../why-option';
import { withOnCall } from '../with-on-call';
import { addFilterOptions, describeFilter, type FilterOptions, readFilter } from './filter-options';
import { percentOf, wholeNumber } from './number-options';
import { planText } from './redrive-text';
import { type JobEnd, type Work, workOn } from './redrive-work';

interface RedriveOptions extends FilterOptions {
  readonly why: string;
  readonly execute: boolean;
  readonly rate: number;
  readonly stopAt: number;
  readonly again: boolean;
  readonly patience: number;
  readonly stack?: string;
  readonly json: boolean;
}

const planJson = (plan: RedrivePlan) => {
  const { place, queueUrl, to, toMove, toSkip } = plan;
  const outlooks = outlooksOf(plan);
  return {
    ...{ place, queueUrl, to, selected: toMove.length + toSkip.length, wouldMove: toMove.length, wouldSkip: toSkip.length },
    wouldPass: outlooks['would-pass'],
    wouldFail: outlooks['would-fail'],
    wouldDuplicate: outlooks['would-duplicate'],
    unknown: outlooks.unknown,
    groups: groupsOf(plan),
  };
};

const notLookedAt = ({ notLookedAt: places }: Inbox): string =>
  places.map(({ place, why }) => `not looked at: ${place}s. ${why}\n`).join('');

const lookAround = async (outside: OnCallOutside, filter: StoppedFilter, { terminal, stop }: Work): Promise<Inbox> => {
  const inbox = await readInbox(outside, {
    filter,
    stop,
    onQueue: ({ url }, letters, hideSeconds) =>
      terminal.err(
        `looking at about ${letters} letters of ${url.slice(url.lastIndexOf('/') + 1)}; others may miss one for at most ${hideSeconds} s\n`,
      ),
  });
  terminal.err(notLookedAt(inbox));
  for (const { place, end, met } of inbox.places)
    if (end === 'full' || end === 'limit')
      terminal.err(`only ${met} ${place}s were looked at: there are more than fit into one look\n`);
  return inbox;
};

/** What was asked for, as the trail keeps it. */
const describeAsked = (filter: StoppedFilter, { rate, stopAt, again }: RedriveOptions): string =>
  `${describeFilter(filter)} --rate ${rate} --stop-at ${Math.round(stopAt * 1e5) / 1e3}${again ? ' --again' : ''}`;

const show = (terminal: OnCallTerminal, plans: readonly RedrivePlan[], inbox: Inbox, options: RedriveOptions): void => {
  const { json, rate, stopAt } = options;
  if (json) {
    const { readAtMs, notLookedAt: missed } = inbox;
    terminal.out(`${JSON.stringify({ dryRun: true, readAtMs, plans: plans.map(planJson), notLookedAt: missed }, null, 2)}\n`);
    return;
  }
  for (const plan of plans) terminal.out(`${planText(plan, { perSecond: rate, stopAt })}\n`);
  terminal.out('Nothing was moved: that takes --execute.\n');
};

/** One job after the other; the first that does not come to its end ends them all. */
const moveAll = async (
  work: Work,
  plans: readonly RedrivePlan[],
  asked: Omit<RedriveAsked, 'job'>,
): Promise<readonly JobEnd[]> => {
  const { outside, terminal } = work;
  const ends: JobEnd[] = [];
  for (const plan of plans) {
    const { place, queueUrl } = plan;
    const job = outside.random.id().slice(0, 12);
    const draft = { ...asked, job, place, queueUrl } as RedriveJob;
    const end = await workOn(work, draft, 'redrive', () => createJob(outside, plan, { ...asked, job }));
    if (end) ends.push(end);
    if (end?.state === 'done') continue;
    const rest = plans.length - ends.length;
    if (rest > 0) terminal.err(`${rest} more were not begun: say the same again for them\n`);
    break;
  }
  return ends;
};

const redrive = async (work: Work, filter: StoppedFilter, options: RedriveOptions): Promise<void> => {
  const { outside, terminal, stop } = work;
  const inbox = await lookAround(outside, filter, work);
  if (stop.soft.aborted) {
    terminal.err('Interrupted while looking: nothing was moved.\n');
    terminal.found();
    return;
  }
  const plans = planRedrives(outside, inbox.stopped, options);
  if (plans.length === 0 && !options.json) terminal.out('Nothing that has stopped passes the filter.\n');
  else if (!options.execute) show(terminal, plans, inbox, options);
  else {
    const { why, rate: perSecond, stopAt } = options;
    const ends = await moveAll(work, plans.filter(canMove(terminal)), {
      why,
      perSecond,
      stopAt,
      what: describeAsked(filter, options),
    });
    if (options.json) terminal.out(`${JSON.stringify({ dryRun: false, jobs: ends, notLookedAt: inbox.notLookedAt }, null, 2)}\n`);
  }
};

/** Of a plan that moves nothing there need be no job; but it is said, and somebody must look. */
const canMove =
  ({ err, found }: OnCallTerminal) =>
  ({ place, to, toMove, toSkip }: RedrivePlan): boolean => {
    if (to !== null && toMove.length > 0) return true;
    const reasons = [...new Set(toSkip.map(({ why }) => why))].join(', ');
    err(
      to === null
        ? `${toMove.length + toSkip.length} ${place} letters stay where they are: nobody knows where they go back to\n`
        : `${toSkip.length} stay where they are (${reasons}); --again takes them, too\n`,
    );
    found();
    return false;
  };

export const addRedrive = (deadLetters: Command, terminal: OnCallTerminal): void => {
  addFilterOptions(deadLetters.command('redrive'))
    .description(
      'moves back what has stopped: letters to their queue, parked windows to the workers, failed executions to a new start',
    )
    .argument('[ids...]', 'messages, conversations, executions')
    .addOption(whyOption())
    .option('--execute', 'does it; without it nothing is moved', false)
    .option('--rate <n>', 'how many in a second', wholeNumber(1, 1_000), 50)
    .option('--stop-at <percent>', 'share of those moved that may be refused again before it stops by itself', percentOf, 0.1)
    .option(
      '--again',
      'also what failed again after an earlier redrive, and what would still fail by the schemas of this program',
      false,
    )
    .option('--patience <seconds>', 'how long nobody may say what came of them before it stops', wholeNumber(1, 86_400), 120)
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action((ids: readonly string[], options: RedriveOptions) =>
      withOnCall({ stack: options.stack }, terminal.program, (outside) => {
        const work = { outside, terminal, stop: terminal.stop(), patienceMs: options.patience * 1_000, json: options.json };
        return redrive(work, readFilter(options, ids), options);
      }),
    );
};
