import type { Command } from 'commander';
import { isGroupName } from '../../core/on-call/fingerprint';
import { groupStopped, type StoppedGroup } from '../../core/on-call/stopped-groups';
import { findById, findLike, type Found } from '../../on-call/find-stopped';
import type { OnCallOutside } from '../../on-call/outside';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';
import { lookLines } from './inbox-text';
import { lookAtInbox, watchedReading } from './look';
import { reportFound, showJson } from './show-report';
import { showText } from './show-text';

interface ShowOptions {
  readonly stack?: string;
  readonly refresh: boolean;
  readonly unmasked: boolean;
  readonly json: boolean;
}

interface Shown {
  readonly found: Found | null;
  readonly group: StoppedGroup | null;
}

const findGroup = async (outside: OnCallOutside, name: string, refresh: boolean, terminal: OnCallTerminal): Promise<Shown> => {
  const looked = await lookAtInbox(outside, { groups: [name] }, refresh, terminal);
  const { stopped } = looked.inbox;
  const [group = null] = groupStopped(stopped);
  const sample = stopped.find(({ id }) => id === group?.sample);
  if (!sample) return { found: null, group: null };
  for (const note of lookLines(looked, outside.clock.nowMs())) terminal.err(`${note}\n`);
  const { options, end } = watchedReading(terminal);
  try {
    return { found: await findLike(outside, sample, options), group };
  } finally {
    end();
  }
};

const findOne = async (outside: OnCallOutside, id: string, terminal: OnCallTerminal): Promise<Shown> => {
  const { options, end } = watchedReading(terminal);
  try {
    return { found: await findById(outside, id, options), group: null };
  } finally {
    end();
  }
};

const show = (name: string, options: ShowOptions, terminal: OnCallTerminal): Promise<void> =>
  withOnCall(options, terminal.program, async (outside) => {
    const ofGroup = isGroupName(name) ? await findGroup(outside, name, options.refresh, terminal) : null;
    const { found, group } = ofGroup?.found ? ofGroup : await findOne(outside, name, terminal);
    if (found === null) {
      terminal.err(
        `Expected the id or the group of something that has stopped, found none named \`${name}\`. It may be gone, or in other hands for a minute; \`tidemark dead-letters groups --refresh\` says what there is.\n`,
      );
      if (options.json) terminal.out('null\n');
      terminal.found();
      return;
    }
    const report = reportFound(outside.registry, found, group, options.unmasked);
    terminal.out(options.json ? showJson(report) : showText(report, outside.clock.nowMs()));
  });

/** `tidemark dead-letters show` */
export const addShow = (deadLetters: Command, terminal: OnCallTerminal): void => {
  deadLetters
    .command('show')
    .description(
      'one that has stopped, or a group by one of it: why, its body with customer data masked, what is wrong with it, what to do',
    )
    .argument('<id|group>', 'as `list` and `groups` name it')
    .addOption(stackOption())
    .option('--unmasked', 'shows the body as it is, customer data too', false)
    .option('--refresh', 'counts the group anew, also where somebody has looked within the last quarter of an hour', false)
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nChanges nothing. Exit code 1: there is none of that name.')
    .action((name: string, options: ShowOptions) => show(name, options, terminal));
};
