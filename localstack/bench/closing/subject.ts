import { runRounds } from '../rounds';
import type { Bench, Report } from '../subject';
import { enter, floor, seed, tidemark, type Contestant } from './contestants';
import { requestsNote, rowOf } from './report';
import { measureRound } from './round';

/** About what one worker closes in a second here. */
const conversationsPerSecond = 150;
const warmUp = 300;

const least = [
  'the least: 6 requests and a share of one to Genesys and of the looks for what is due: claim, Query, put, StartExecution, publish, finish',
  'the least write units: 2 of the head (claim, finish), 3 of the index (an entry moves from queue time to wall time, and goes), and the record’s, by the KB',
] as const;

const complaintsOf = (contestants: readonly Contestant[]): readonly string[] =>
  contestants.flatMap(({ name, program: { child } }) => (child.exit() === null ? [] : [`${name} ended; see ${child.logFile}`]));

/** Complete conversations that are all due at once: what it takes to close them. */
export const measureClosing = async (bench: Bench): Promise<readonly Report[]> => {
  const { options, say } = bench;
  const contestants: Contestant[] = [];
  for (const name of [floor, tidemark, seed]) contestants.push(await enter(bench, name));
  for (const contestant of contestants) {
    say(`warming up: ${contestant.name}`);
    await measureRound(contestant, warmUp);
  }
  const conversations = Math.max(warmUp, conversationsPerSecond * options.seconds);
  const cases = contestants.map((contestant) => ({
    name: contestant.name,
    round: () => measureRound(contestant, conversations),
  }));
  const readings = await runRounds(cases, options.rounds, say);
  return [
    {
      title: `closing, for a conversation, round trip ${options.rttMs} ms`,
      rows: contestants.map(({ name }) => rowOf(readings, name, floor)),
      notes: [...least, ...contestants.map(({ name }) => requestsNote(readings, name))],
      complaints: complaintsOf(contestants),
    },
  ];
};
