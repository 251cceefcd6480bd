import { type Command, Option } from 'commander';
import { audited } from '../on-call/audit';
import { forgetWindow, WindowHeldError } from '../on-call/forget';
import { forgetLetters, type LettersWatch } from '../on-call/forget-letters';
import type { OnCallOutside } from '../on-call/outside';
import { readHeads } from '../on-call/rebuild';
import { stackOption } from './environment';
import { dryRunText, forgottenText, type ToBeForgotten } from './forget-text';
import type { OnCallTerminal } from './on-call-terminal';
import { whyOption } from './why-option';
import { withOnCall } from './with-on-call';

interface Options {
  readonly why: string;
  readonly execute: boolean;
  readonly confirm?: string;
  readonly stack?: string;
  readonly json: boolean;
}

const watchOf = (terminal: OnCallTerminal): LettersWatch => ({
  stop: terminal.stop(),
  onQueue: ({ url }, letters, hideSeconds) =>
    terminal.err(
      `Looks through ${url}, about ${letters} letters. Others may miss a letter for at most ${hideSeconds} seconds while it is looked at.\n`,
    ),
});

const asJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const dryRun = async (outside: OnCallOutside, conversationId: string, options: Options, terminal: OnCallTerminal) => {
  const [head] = await readHeads(outside.table, [conversationId]);
  const counts = await outside.eraser.count(conversationId);
  const letters = await forgetLetters(outside, { conversationId, execute: false }, watchOf(terminal));
  const found: ToBeForgotten = { ...counts, window: head?.state ?? null, letters };
  terminal.out(options.json ? asJson({ executed: false, ...found }) : dryRunText(conversationId, found));
};

/** What is wrong with the confirmation; null where nothing is. */
const refusal = async (conversationId: string, { confirm }: Options, terminal: OnCallTerminal): Promise<string | null> => {
  const wanted = `forget ${conversationId}`;
  const typed = confirm ?? (await terminal.ask(`It is gone for good. Type \`${wanted}\` to go on: `));
  if (typed === null) return `expected a person to type it, or --confirm "${wanted}"; there is neither. Nothing was erased.`;
  return typed.trim() === wanted ? null : `expected \`${wanted}\`, got another text. Nothing was erased.`;
};

/** Letters first: whoever moved one back meanwhile would bring the conversation to life again. */
const execute = async (outside: OnCallOutside, conversationId: string, options: Options, terminal: OnCallTerminal) => {
  const asked = { action: 'forget', why: options.why, what: 'all of one conversation', conversationId } as const;
  const { letters, window } = await audited(outside, asked, terminal, async () => {
    const removed = await forgetLetters(outside, { conversationId, execute: true }, watchOf(terminal));
    const erased = await forgetWindow(outside, conversationId);
    const { events, attached, records, head, guard } = erased;
    const { letters: count, notes, left } = removed;
    return {
      letters: removed,
      window: erased,
      counts: {
        events,
        attached,
        records,
        heads: Number(head),
        guards: Number(guard),
        letters: count,
        notes,
        lettersLeft: left.length,
      },
    };
  });
  if (letters.left.length + letters.unfinished.length > 0 || window.newLife) terminal.found();
  terminal.out(options.json ? asJson({ executed: true, ...window, letters }) : forgottenText(conversationId, window, letters));
};

/** `tidemark forget <conversationId>` */
export const addForget = (cli: Command, terminal: OnCallTerminal): void => {
  const command = cli.command('forget');
  command
    .description('erases events, records and dead letters of one conversation, for those who must')
    .argument('<conversationId>')
    .addOption(whyOption())
    .option('--execute', 'does it, once it is confirmed; without, says what there is', false)
    .addOption(new Option('--confirm <text>', 'what a person would have to type: `forget <conversationId>`'))
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action((conversationId: string, options: Options) =>
      withOnCall({ stack: options.stack }, terminal.program, async (outside) => {
        if (!options.execute) {
          await dryRun(outside, conversationId, options, terminal);
          return;
        }
        const refused = await refusal(conversationId, options, terminal);
        if (refused !== null) command.error(`error: ${refused}`);
        await execute(outside, conversationId, options, terminal).catch((error: unknown) => {
          if (!(error instanceof WindowHeldError)) throw error;
          terminal.err(`${error.message}\n`);
          terminal.found();
        });
      }),
    );
};
