import type { Executions, ExecutionSummary } from '../../src/ports-on-call';

/** Executions of a workflow that fails, times out or succeeds as its input `{"end": …}` says. */
export interface ExecutionsSubject {
  readonly executions: Executions;
  /** Lets time pass until all that were started have ended, and for the next one to start later. */
  readonly settle: () => Promise<void>;
}

type End = 'fails' | 'succeeds';

const start = async ({ executions, settle }: ExecutionsSubject, name: string, end: End): Promise<void> => {
  expect(await executions.start({ name, input: `{"end":"${end}"}` })).toBe('started');
  await settle();
};

const listed = async ({ executions }: ExecutionsSubject): Promise<readonly ExecutionSummary[]> => {
  const all: ExecutionSummary[] = [];
  for await (const one of executions.listFailed()) all.push(one);
  return all;
};

/** What is promised of executions. `make` gives a workflow without any. */
export const executionsContract = (name: string, make: () => Promise<ExecutionsSubject>): void => {
  describe(`${name} keeps the promises of executions`, () => {
    test('those that failed are listed, newest first, and no others', async () => {
      const subject = await make();
      expect(await listed(subject)).toEqual([]);
      await start(subject, 'first', 'fails');
      await start(subject, 'second', 'succeeds');
      await start(subject, 'third', 'fails');
      const failed = await listed(subject);
      expect(failed.map(({ name: one, status }) => [one, status])).toEqual([
        ['third', 'FAILED'],
        ['first', 'FAILED'],
      ]);
      const [third, first] = failed;
      expect(third!.startedAtMs).toBeGreaterThan(first!.startedAtMs);
      expect(first!.stoppedAtMs).toBeGreaterThanOrEqual(first!.startedAtMs);
    });

    test('one is described by its name, with what it was told and why it failed; of none there is nothing', async () => {
      const subject = await make();
      await start(subject, 'one', 'fails');
      const [summary] = await listed(subject);
      const told = await subject.executions.describe('one');
      expect(told).toMatchObject({ ...summary, name: 'one', error: 'Crm.Refused', cause: 'It is full.' });
      expect(JSON.parse(told!.input)).toEqual({ end: 'fails' });
      expect(await subject.executions.describe('none')).toBeNull();
      expect(await subject.executions.describe('no/name at all')).toBeNull();
    });

    test('one that has ended is not started again under its name', async () => {
      const subject = await make();
      await start(subject, 'one', 'fails');
      expect(await subject.executions.start({ name: 'one', input: '{"end":"succeeds"}' })).toBe('already');
      expect(await listed(subject)).toHaveLength(1);
    });
  });
};
