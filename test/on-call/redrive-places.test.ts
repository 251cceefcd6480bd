import type { HeadFields } from '../../src/core/items';
import { parkedOn } from '../../src/core/items';
import type { RedriveJob } from '../../src/core/on-call/redrive-job';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { memoryWindowTable } from '../../src/memory/window-table';
import { executionMover } from '../../src/on-call/execution-mover';
import { type MakeMover, runRedrive, type RunEnd } from '../../src/on-call/redrive-run';
import { windowMover } from '../../src/on-call/window-mover';
import { aJob } from '../contract/redrive-jobs.contract';
import { memoryExecutions } from '../memory/executions';
import { memoryParkedWindows } from '../memory/parked-windows';
import { memoryRedriveJobs } from '../memory/redrive-jobs';

/* Redrives of what does not lie in a queue: parked windows, failed executions. */

const world = () => {
  const clock = virtualClock();
  const jobs = memoryRedriveJobs();
  const table = memoryWindowTable();
  const outside = { jobs, clock, random: seededRandom(1), retentionMs: 1e9 };
  const never = new AbortController().signal;
  return {
    clock,
    jobs,
    table,
    windows: memoryParkedWindows(table, () => clock.nowMs() + 1e9),
    executions: memoryExecutions(clock.nowMs),
    run: async (makeMover: MakeMover, selection: readonly string[], changed: Partial<RedriveJob>): Promise<RunEnd> => {
      const job = aJob('job', { startedAtMs: clock.nowMs(), queueUrl: null, selected: selection.length, ...changed });
      const isResumed = (await jobs.read('job')) !== null;
      await jobs.create(job, selection, 0);
      let end: RunEnd | null = null;
      const stop = { soft: never, hard: never };
      const running = runRedrive(outside, (await jobs.read('job'))!, makeMover, { stop, patienceMs: 120_000, isResumed });
      void running.then((ended) => (end = ended));
      await clock.advanceUntil(() => end !== null, 3_600_000);
      return (await running)!;
    },
  };
};

const whys = async ({ jobs }: ReturnType<typeof world>): Promise<Readonly<Record<string, string | null>>> =>
  Object.fromEntries((await jobs.movesOf('job')).map(({ id, why }) => [id, why]));

describe('parked windows', () => {
  const park = async ({ table }: ReturnType<typeof world>, conversationId: string): Promise<void> => {
    const parked: Partial<HeadFields> = { state: 'parked', dueAt: 1, dueOn: parkedOn, lastError: 'WindowFaultError' };
    const set = { life: 'life', finished: 0, attempts: 9, waits: 0, ...parked };
    await table.updateHead({ conversationId, expect: 'missing', set, expiresAtMs: 1e15 });
  };

  /** What a worker makes of those that are open. */
  const work = async (
    there: ReturnType<typeof world>,
    closes: (conversationId: string) => Partial<HeadFields>,
  ): Promise<void> => {
    for (;;) {
      await there.clock.sleep(500);
      for (const { conversationId, state } of there.table.heads())
        if (state === 'open')
          await there.table.updateHead({ conversationId, expect: { state }, set: closes(conversationId), expiresAtMs: 1e15 });
    }
  };

  test('each is opened and closed by a worker, and what somebody else has opened is skipped', async () => {
    const there = world();
    for (const id of ['a', 'b', 'c']) await park(there, id);
    await there.windows.reopen('c');
    void work(there, () => ({ state: 'closed' }));
    const end = await there.run((book) => Promise.resolve(windowMover(there, book)), ['a', 'b', 'c'], { place: 'window' });
    expect(end).toMatchObject({ state: 'done', counts: { selected: 3, moved: 2, skipped: 1, left: 0, admitted: 2, refused: 0 } });
    expect(await whys(there)).toEqual({ a: null, b: null, c: 'gone: it was not parked any more' });
  });

  test.each([
    ['is parked again', { state: 'parked', dueOn: parkedOn, dueAt: 2 }],
    ['fails again and again', { state: 'closing', attempts: 2 }],
  ] as const)('the first one that %s ends it, with its error', async (_, set) => {
    const there = world();
    for (const id of ['a', 'b', 'c']) await park(there, id);
    void work(there, () => set);
    const end = await there.run((book) => Promise.resolve(windowMover(there, book)), ['a', 'b', 'c'], { place: 'window' });
    expect(end).toMatchObject({ state: 'stopped', counts: { moved: 1, refused: 1, left: 2 } });
    expect(end.because).toContain('WindowFaultError 1');
  });

  test('where no worker closes it, it stops after its patience', async () => {
    const there = world();
    await park(there, 'a');
    const end = await there.run((book) => Promise.resolve(windowMover(there, book)), ['a'], { place: 'window' });
    expect(end).toMatchObject({ state: 'stopped', counts: { moved: 1, unanswered: 1 } });
    expect(end.because).toContain('is closing paused');
  });
});

describe('failed executions', () => {
  const fail = async ({ executions }: ReturnType<typeof world>, name: string): Promise<void> => {
    await executions.start({ name, input: `{"of":"${name}"}` });
    executions.end(name, { status: 'FAILED', error: 'EnrichmentIncomplete' });
  };

  /** What runs ends so. */
  const finish = async (
    { clock, executions }: ReturnType<typeof world>,
    names: readonly string[],
    status: string,
  ): Promise<void> => {
    for (;;) {
      await clock.sleep(500);
      for (const name of names)
        if ((await executions.describe(name))?.status === 'RUNNING') executions.end(name, { status, error: null });
    }
  };

  test('each is started again under another name with the same input', async () => {
    const there = world();
    for (const name of ['a', 'b']) await fail(there, name);
    await there.clock.advance(1_000);
    void finish(there, ['a_r1', 'b_r1'], 'SUCCEEDED');
    const end = await there.run((book) => Promise.resolve(executionMover(there.executions, book)), ['a', 'b'], {
      place: 'execution',
    });
    expect(end).toMatchObject({ state: 'done', counts: { selected: 2, moved: 2, admitted: 2 } });
    expect(await there.executions.describe('a_r1')).toMatchObject({ input: '{"of":"a"}', status: 'SUCCEEDED' });
    expect(await whys(there)).toEqual({ a: 'started as a_r1', b: 'started as b_r1' });
  });

  test('one whose restart runs or has succeeded is not started again, one whose restart failed is, once', async () => {
    const there = world();
    for (const name of ['runs', 'done', 'again', 'again_r1']) await fail(there, name);
    for (const name of ['runs_r1', 'done_r1']) await there.executions.start({ name, input: '{}' });
    there.executions.end('done_r1', { status: 'SUCCEEDED' });
    await there.clock.advance(1_000);
    void finish(there, ['again_r2'], 'SUCCEEDED');
    const selection = ['runs', 'done', 'again', 'again_r1', 'forgotten'];
    const end = await there.run((book) => Promise.resolve(executionMover(there.executions, book)), selection, {
      place: 'execution',
    });
    expect(end).toMatchObject({ state: 'done', counts: { selected: 5, moved: 2, skipped: 3, admitted: 2 } });
    expect(await whys(there)).toEqual({
      runs: 'duplicate: runs_r1 is RUNNING',
      done: 'duplicate: done_r1 is SUCCEEDED',
      again: 'started as again_r2',
      again_r1: 'started as again_r2',
      forgotten: 'gone: Step Functions does not remember it',
    });
    expect(await there.executions.describe('again_r3')).toBeNull();
  });

  test('one that fails again ends it', async () => {
    const there = world();
    for (const name of ['a', 'b']) await fail(there, name);
    await there.clock.advance(1_000);
    void finish(there, ['a_r1'], 'TIMED_OUT');
    const end = await there.run((book) => Promise.resolve(executionMover(there.executions, book)), ['a', 'b'], {
      place: 'execution',
    });
    expect(end).toMatchObject({ state: 'stopped', counts: { moved: 1, refused: 1, left: 1 } });
    expect(end.because).toContain('TIMED_OUT 1');
  });

  test('a restart that was not noted before its process died is noted, not started once more', async () => {
    const there = world();
    await fail(there, 'a');
    await there.clock.advance(1_000);
    await there.jobs.create(aJob('job', { startedAtMs: there.clock.nowMs(), selected: 1, place: 'execution' }), ['a'], 0);
    await there.executions.start({ name: 'a_r1', input: '{"of":"a"}' });
    there.executions.end('a_r1', { status: 'SUCCEEDED' });
    const end = await there.run((book) => Promise.resolve(executionMover(there.executions, book)), ['a'], { place: 'execution' });
    expect(end).toMatchObject({ state: 'done', counts: { selected: 1, moved: 1, admitted: 1 } });
    expect(await there.executions.describe('a_r2')).toBeNull();
  });
});
