import type { Move, RedriveJob, RedriveOutcome } from '../../src/core/on-call/redrive-job';
import type { RedriveJobs } from '../../src/ports-on-call';
import { noon } from '../factories';
import { expiresAtMs } from './window-table-subject';

export interface RedriveJobsSubject {
  readonly jobs: RedriveJobs;
  /** As a worker does. */
  readonly note: (outcome: RedriveOutcome) => Promise<void>;
}

export const aJob = (job: string, changed: Partial<RedriveJob> = {}): RedriveJob => ({
  job,
  state: 'running',
  because: null,
  startedAtMs: noon,
  who: 'arn:aws:iam::000000000000:user/somebody',
  why: 'the schema was released',
  what: '--reason unknown-type',
  place: 'worker',
  queueUrl: 'https://sqs.test/000000000000/dead-letters',
  selected: 2,
  perSecond: 50,
  stopAt: 0.1,
  cancel: false,
  ...changed,
});

const ids = (count: number, name = 'letter'): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${name}-${String(n)}`);
const moved = (id: string): Move => ({ id, did: 'moved', why: null });
const byId = (moves: readonly Move[]): readonly Move[] => [...moves].sort((a, b) => (a.id < b.id ? -1 : 1));

const admitted = (letter: string, job = 'a'): RedriveOutcome => ({ job, letter, outcome: 'admitted', reason: null });

/** What every store of redrives promises. `make` gives one that holds nothing. */
export const redriveJobsContract = (name: string, make: () => Promise<RedriveJobsSubject>): void => {
  describe(`${name} keeps the promises of a store of redrives`, () => {
    test('what nobody created is not there, and nobody can work on it', async () => {
      const { jobs } = await make();
      expect(await jobs.read('a')).toBeNull();
      expect(await jobs.list()).toEqual([]);
      expect(await jobs.selectionOf('a')).toEqual([]);
      expect(await jobs.take('a', 'token', noon, noon + 1)).toBe(false);
      expect(await jobs.askToCancel('a')).toBe(false);
      await jobs.setState('a', 'done', null);
      expect(await jobs.read('a')).toBeNull();
    });

    test('a job and its selection are read as they were written, however many it selected and however long they are', async () => {
      const { jobs } = await make();
      const selection = [...ids(4_100), ...ids(300, 'x'.repeat(1_900))];
      const job = aJob('a', { selected: selection.length, queueUrl: null, place: 'window', stopAt: 0.025 });
      await jobs.create(job, selection, expiresAtMs);
      expect(await jobs.read('a')).toEqual(job);
      expect(await jobs.selectionOf('a')).toEqual(selection);
    });

    test('to create it a second time changes nothing of it', async () => {
      const { jobs } = await make();
      await jobs.create(aJob('a'), ids(2), expiresAtMs);
      await jobs.setState('a', 'stopped', 'all were refused');
      await jobs.create(aJob('a'), ids(2), expiresAtMs);
      expect(await jobs.read('a')).toEqual(aJob('a', { state: 'stopped', because: 'all were refused' }));
      expect(await jobs.list()).toHaveLength(1);
    });

    test('the newest is listed first', async () => {
      const { jobs } = await make();
      for (const [n, job] of ['b', 'c', 'a'].entries())
        await jobs.create(aJob(job, { startedAtMs: noon + n }), ids(1), expiresAtMs);
      expect((await jobs.list()).map(({ job }) => job)).toEqual(['a', 'c', 'b']);
    });

    test('one at a time works on it, until it lets go or its time is over, and others see until when', async () => {
      const { jobs } = await make();
      await jobs.create(aJob('a'), ids(1), expiresAtMs);
      const taken = await Promise.all(['x', 'y', 'z'].map((token) => jobs.take('a', token, noon, noon + 100)));
      expect(taken.filter((was) => was)).toHaveLength(1);
      const holder = ['x', 'y', 'z'][taken.indexOf(true)]!;
      expect(await jobs.take('a', 'other', noon + 99, noon + 500)).toBe(false);
      expect(await jobs.take('a', holder, noon + 50, noon + 200)).toBe(true);
      expect((await jobs.read('a'))?.heldUntilMs).toBe(noon + 200);
      expect(await jobs.take('a', 'other', noon + 200, noon + 300)).toBe(true);
      await jobs.release('a', holder);
      expect(await jobs.take('a', holder, noon + 201, noon + 400)).toBe(false);
      await jobs.release('a', 'other');
      await jobs.release('a', 'other');
      expect(await jobs.read('a')).toEqual(aJob('a'));
      expect(await jobs.take('a', holder, noon + 201, noon + 400)).toBe(true);
    });

    test('who asks it to end is heard until it runs anew', async () => {
      const { jobs } = await make();
      await jobs.create(aJob('a'), ids(1), expiresAtMs);
      expect(await jobs.askToCancel('a')).toBe(true);
      expect(await jobs.read('a')).toEqual(aJob('a', { cancel: true }));
      await jobs.setState('a', 'cancelled', 'by somebody');
      expect(await jobs.read('a')).toEqual(aJob('a', { cancel: true, state: 'cancelled', because: 'by somebody' }));
      await jobs.setState('a', 'running', null);
      expect(await jobs.read('a')).toEqual(aJob('a'));
    });

    test('moves are read as they were noted, the last note of one standing', async () => {
      const { jobs } = await make();
      await jobs.create(aJob('a'), ids(60), expiresAtMs);
      const long = moved('ü'.repeat(950));
      const noted = [...ids(60).map(moved), { id: 'gone', did: 'skipped', why: 'gone' } as const, long];
      await jobs.noteMoves('a', noted, expiresAtMs);
      await jobs.noteMoves('a', [], expiresAtMs);
      const anew: Move = { id: 'letter-7', did: 'failed', why: 'the queue did not take it' };
      await jobs.noteMoves('a', [anew], expiresAtMs);
      expect(byId(await jobs.movesOf('a'))).toEqual(byId(noted.map((move) => (move.id === anew.id ? anew : move))));
      expect(await jobs.movesOf('b')).toEqual([]);
    });

    test('outcomes are those that workers noted, of all letters or of some', async () => {
      const { jobs, note } = await make();
      const refused: RedriveOutcome = { job: 'a', letter: 'bad', outcome: 'refused', reason: 'unknown-type' };
      for (const outcome of [admitted('one'), admitted('two'), refused, admitted('one', 'other')]) await note(outcome);
      const byLetter = (some: readonly RedriveOutcome[]) => [...some].sort((a, b) => (a.letter < b.letter ? -1 : 1));
      expect(byLetter(await jobs.outcomesOf('a'))).toEqual([refused, admitted('one'), admitted('two')]);
      expect(byLetter(await jobs.outcomesOf('a', ['two', 'never', 'bad', 'two']))).toEqual([refused, admitted('two')]);
      expect(await jobs.outcomesOf('a', [])).toEqual([]);
      expect(await jobs.outcomesOf('a', ids(250))).toEqual([]);
    });
  });
};
