import Table from 'cli-table3';
import { executionRatio } from '../demo/judge/records';
import type { Observed } from '../demo/observe';
import type { Plan } from '../demo/plan';
import type { Posted } from '../demo/door/sender';
import type { DoorCounts } from './door-ledger';
import { wantedHits, type Counts } from './ledger';

export interface DoorResult {
  readonly counts: DoorCounts;
  readonly posted: readonly Posted[];
  /** Accepted, and nowhere. */
  readonly lost: number;
}

export interface Result {
  readonly plan: Plan;
  readonly observed: Observed;
  readonly counts: Counts;
  /** Null: nothing came over HTTP. */
  readonly doors: DoorResult | null;
  readonly minutes: number;
  readonly exits: readonly { readonly name: string; readonly exit: string }[];
  /** From the last misfortune or the last message, whichever was later, until nothing was left to do. */
  readonly quietAfterMs: number;
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US');

const tally = (names: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${number(count)} ${name}`).join(', ');
};

type Row = readonly [what: string, howMany: string, more: string];

const misfortuneRows = ({ counts, minutes, exits }: Result): readonly Row[] => {
  const { windows, pausesMs } = counts;
  const wanted = `at least ${wantedHits(minutes)} wanted`;
  const pausedMs = pausesMs.reduce((total, ms) => total + ms, 0);
  return [
    ['workers killed (SIGKILL)', number(counts.kills), `${minutes} minutes were asked for`],
    ['… on a held batch', number(counts.onBatch), `${wanted}; ${number(counts.messages)} messages in hand`],
    [
      '… on a closing window',
      number(counts.onWindow),
      `${wanted}; windows: ${windows.claimed} claimed, ${windows.put} with their record put, ${windows.started} started`,
    ],
    ['workers stopped (SIGTERM)', number(exits.length), `exit codes: ${tally(exits.map(({ exit }) => exit))}`],
    ['… in rolling deploys', number(counts.deploys), 'each worker replaced by a new one, under load'],
    ['workers started', number(counts.starts), ''],
    ['AWS stood still', number(pausesMs.length), `${(pausedMs / 1000).toFixed(1)} s in all`],
    ['answers lost', number(counts.cut), `${number(counts.late)} more were late`],
  ];
};

const doorRows = ({ doors, minutes }: Result): readonly Row[] => {
  if (!doors) return [];
  const { counts, posted, lost } = doors;
  const { writing, written } = counts.moments;
  const accepted = posted.filter(({ answer }) => answer?.messageId);
  const again = accepted.filter(({ attempts }) => attempts > 1).length;
  return [
    ['doors killed (SIGKILL)', number(counts.kills), 'two of them, one at a time'],
    [
      '… with posts in hand',
      number(counts.onPosts),
      `at least ${wantedHits(minutes)} wanted; ${number(counts.posts)} posts; ${writing} while writing them, ${written} when they were written`,
    ],
    ['doors stopped (SIGTERM)', number(counts.stops), `${number(counts.stopsOnPosts)} of them with posts in hand`],
    [
      'posts accepted',
      number(accepted.length),
      `${number(again)} of them at a further attempt; ${number(lost)} accepted but lost`,
    ],
    ['posts refused', number(posted.length - accepted.length), tally(posted.flatMap(({ answer }) => answer?.problem ?? []))],
  ];
};

const trafficRows = ({ plan, observed, counts, quietAfterMs }: Result): readonly Row[] => {
  const messages = plan.waves.flat();
  const revisions = [...observed.records.values()].flat();
  const calls = [...counts.calls.values()].reduce((total, count) => total + count, 0);
  const byService = [...counts.calls].map(([service, count]) => `${number(count)} ${service}`).join(', ');
  return [
    ['messages sent', number(messages.length), tally(messages.map(({ kind }) => kind))],
    ['dead letters', number(observed.deadLetters.length), `${number(plan.deadLetters.length)} bad messages sent`],
    ['conversations', number(observed.records.size), ''],
    ['revisions', number(revisions.length), tally(revisions.map(({ record }) => record.pane))],
    ['executions started', number(observed.executions.length), ''],
    ['… per conversation', executionRatio(plan.conversations, observed).toFixed(3), 'reopenings and late events aside'],
    ['notifications', number(observed.published.length), 'records, and events passed on; the topic is at least once'],
    ['AWS requests', number(calls), byService],
    ['time to quiet', `${(quietAfterMs / 1000).toFixed(1)} s`, 'after the last misfortune and the last message'],
  ];
};

export const chaosTable = (result: Result): string => {
  const table = new Table({
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [32, 10, 62],
  });
  table.push(...[...misfortuneRows(result), ...doorRows(result), ...trafficRows(result)].map((row) => [...row]));
  return table.toString();
};
