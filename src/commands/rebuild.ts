import { type Command, InvalidArgumentError, Option } from 'commander';
import { loadWindowConfig } from '../config';
import { audited } from '../on-call/audit';
import type { OnCallOutside } from '../on-call/outside';
import { rebuild, type RebuildAsked, type RebuildCounts } from '../on-call/rebuild';
import { lookAtRebuild } from '../on-call/rebuild-look';
import { stackOption } from './environment';
import type { OnCallTerminal } from './on-call-terminal';
import { lookText, rebuiltText } from './rebuild-text';
import { whyOption } from './why-option';
import { withOnCall } from './with-on-call';

interface Options {
  readonly since?: number;
  readonly conversation?: readonly string[];
  readonly handoff: boolean;
  readonly rate: number;
  readonly fromCursor?: string;
  readonly why: string;
  readonly execute: boolean;
  readonly stack?: string;
  readonly json: boolean;
}

/** Marked windows wait in one shard until they are claimed, and a worker takes at most fifty of a shard in a tick. */
const fastest = 50;

const rate = (text: string): number => {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > fastest) throw new InvalidArgumentError(`Expected a whole number from 1 to ${fastest}.`);
  return value;
};

const since = (text: string): number => {
  const ms = /^\d{4}-\d\d-\d\d(T|$)/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isFinite(ms))
    throw new InvalidArgumentError('Expected a date or a time as ISO 8601 writes it, like 2026-03-02T08:00Z.');
  return ms;
};

const cursor = (text: string): string => {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    key = null;
  }
  const isKey = Array.isArray(key) && key.length === 2 && key.every((part) => typeof part === 'string');
  if (!isKey) throw new InvalidArgumentError('Expected the text that an interrupted run printed, all of it.');
  return text;
};

const askedOf = (options: Options): RebuildAsked => ({
  conversationIds: options.conversation ?? null,
  sinceMs: options.since ?? 0,
  mode: options.handoff ? 'handoff' : 'records',
  perSecond: options.rate,
  from: options.fromCursor ?? null,
});

const whatOf = ({ conversationIds, sinceMs, mode, perSecond, from }: RebuildAsked): string =>
  [
    conversationIds ? `conversations ${conversationIds.join(' ')}` : `since ${new Date(sinceMs).toISOString()}`,
    mode,
    `${perSecond}/s`,
    ...(from === null ? [] : [`from ${from}`]),
  ].join(', ');

const dryRun = async (outside: OnCallOutside, asked: RebuildAsked, terminal: OnCallTerminal, json: boolean): Promise<void> => {
  const policy = loadWindowConfig().handoffPolicy;
  const onProgress = (items: number): void => {
    if (terminal.isWatched) terminal.err(`\rlooked at ${items} items`);
  };
  const { soft } = terminal.stop();
  const look = await lookAtRebuild(outside, { ...asked, policy }, { stop: soft, onProgress });
  if (terminal.isWatched) terminal.err('\n');
  terminal.out(json ? `${JSON.stringify(look, null, 2)}\n` : lookText(look, asked.mode));
  if (look.sample.fails > 0 || soft.aborted) terminal.found();
};

const execute = async (outside: OnCallOutside, options: Options, terminal: OnCallTerminal): Promise<void> => {
  const asked = askedOf(options);
  const { soft } = terminal.stop();
  let at: string | null = asked.from;
  let last: RebuildCounts | null = null;
  const onProgress = (counts: RebuildCounts, from: string | null): void => {
    [at, last] = [from, counts];
    if (terminal.isWatched) terminal.err(`\rmarked ${counts.marked} of ${counts.found}`);
  };
  const tellWhere = (): void => {
    const where = at === null ? 'run the same command again' : `run the same command again with --from-cursor ${at}`;
    terminal.err(`\nNot at the end, ${last?.marked ?? 0} marked: ${where}. What is marked twice is rebuilt once.\n`);
    terminal.found();
  };
  const work = () => rebuild(outside, asked, { stop: soft, onProgress });
  const doing = { action: 'rebuild', why: options.why, what: whatOf(asked) } as const;
  const { counts } = await audited(outside, doing, terminal, async () => ({ counts: { ...(await work()) } })).catch(
    (error: unknown) => {
      if (last) tellWhere();
      throw error;
    },
  );
  if (terminal.isWatched) terminal.err('\n');
  if (soft.aborted) tellWhere();
  if (counts.parked + counts.missed > 0) terminal.found();
  terminal.out(options.json ? `${JSON.stringify(counts, null, 2)}\n` : rebuiltText(counts, asked.mode));
};

/** `tidemark rebuild` */
export const addRebuild = (cli: Command, terminal: OnCallTerminal): void => {
  const command = cli.command('rebuild');
  command
    .description('has records made anew from stored events, after a mapper was mended; records only, unless told')
    .option('--since <time>', 'windows whose head was written since, by this environment’s RETENTION_DAYS', since)
    .option('--conversation <ids...>', 'these conversations instead')
    .option('--handoff', 'also starts executions of what changes, where the policy says so', false)
    .addOption(new Option('--rate <n>', `windows marked in a second, at most ${fastest}`).argParser(rate).default(10))
    .option('--from-cursor <text>', 'goes on where an interrupted run was', cursor)
    .addOption(whyOption())
    .option('--execute', 'does it; without, says what it would do', false)
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .action((options: Options) => {
      if ((options.since === undefined) === (options.conversation === undefined))
        command.error('error: expected either --since or --conversation');
      return withOnCall({ stack: options.stack, needsLetters: false }, terminal.program, (outside) =>
        options.execute ? execute(outside, options, terminal) : dryRun(outside, askedOf(options), terminal, options.json),
      );
    });
};
