import { Argument, type Command } from 'commander';
import { type Lever, levers } from '../core/on-call/levers';
import { audited } from '../on-call/audit';
import { seeFleet } from '../on-call/workers';
import { stackOption } from './environment';
import { leversText, pausedText, resumedText } from './lever-text';
import type { OnCallTerminal } from './on-call-terminal';
import { whyOption } from './why-option';
import { withOnCall } from './with-on-call';

interface Options {
  readonly stack?: string;
  readonly json: boolean;
}

interface PullOptions extends Options {
  readonly reason: string;
}

const leverArgument = (): Argument =>
  new Argument('<lever>', 'intake: receiving; closing: all closes; handoff: those that start an execution').choices(levers);

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** `tidemark pause <lever>` */
export const addPause = (cli: Command, terminal: OnCallTerminal): void => {
  cli
    .command('pause')
    .description('stops intake, closing or handoff of the whole fleet until somebody resumes it; nothing is lost by it')
    .addArgument(leverArgument())
    .addOption(whyOption('--reason'))
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action((lever: Lever, { reason, stack, json }: PullOptions) =>
      withOnCall({ stack, needsLetters: false }, terminal.program, async (outside) => {
        const pause = { lever, sinceMs: Math.trunc(outside.clock.nowMs()), who: await outside.who(), reason };
        await audited(outside, { action: 'pause', why: reason, what: lever }, terminal, async () => {
          await outside.levers.pause(pause);
          return { counts: { paused: 1 } };
        });
        const paused = (await outside.levers.read()).find((one) => one.lever === lever) ?? pause;
        terminal.out(json ? asJson({ paused }) : pausedText(paused));
      }),
    );
};

/** `tidemark resume <lever>` */
export const addResume = (cli: Command, terminal: OnCallTerminal): void => {
  cli
    .command('resume')
    .description('ends a pause')
    .addArgument(leverArgument())
    .addOption(whyOption('--reason'))
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action((lever: Lever, { reason, stack, json }: PullOptions) =>
      withOnCall({ stack, needsLetters: false }, terminal.program, async (outside) => {
        const before = (await outside.levers.read()).find((one) => one.lever === lever);
        if (before)
          await audited(outside, { action: 'resume', why: reason, what: lever }, terminal, async () => {
            await outside.levers.resume(lever);
            return { counts: { resumed: 1 } };
          });
        terminal.out(json ? asJson({ resumed: before ?? null }) : resumedText(lever, before));
      }),
    );
};

/** `tidemark levers` */
export const addLevers = (cli: Command, terminal: OnCallTerminal): void => {
  cli
    .command('levers')
    .description('what is paused, since when, by whom and why; which workers live, and how far behind they are')
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action(({ stack, json }: Options) =>
      withOnCall({ stack, needsLetters: false }, terminal.program, async ({ levers: board, fleet, clock }) => {
        const [paused, heartbeats] = await Promise.all([board.read(), fleet.list()]);
        const nowMs = clock.nowMs();
        const seen = seeFleet(heartbeats, nowMs);
        terminal.out(json ? asJson({ paused, ...seen }) : leversText(paused, seen, nowMs));
        if (paused.length > 0) terminal.found();
      }),
    );
};
