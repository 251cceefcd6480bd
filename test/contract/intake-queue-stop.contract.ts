import type { IntakeHandler, Message } from '../../src/ports';
import { admitAll, admitNone, consume, gate, type IntakeQueueSubject } from './intake-queue-subject';

/** What every intake queue promises of its stops. */
export const intakeStopContract = (name: string, make: () => Promise<IntakeQueueSubject>): void => {
  describe(`${name} keeps the promises of an intake queue that is stopped`, () => {
    test('a soft stop ends only when what is in hand is admitted and deleted, and every poll has run out', async () => {
      const subject = await make();
      const slow = gate<undefined>();
      await subject.send(['in hand']);
      const run = consume(subject, async (batch) => {
        await slow.passed;
        return batch;
      });
      await subject.until(() => run.messages('admit').length === 1);
      run.soft.abort();
      const startedAtStop = run.reports.filter(({ kind }) => kind === 'started').length;
      await subject.until(() => run.reports.filter(({ kind }) => kind === 'returned').length === startedAtStop);
      expect(run.isOver()).toBe(false);
      slow.open(undefined);
      await run.end();
      expect(run.bodies('deleted')).toEqual(['in hand']);
      expect(run.reports.filter(({ kind }) => kind === 'started')).toHaveLength(startedAtStop);
      expect(run.reports.filter(({ kind }) => kind === 'failed')).toEqual([]);
    });

    test('a hard stop does not wait for the handler: what it has in hand is kept and comes to the next one at once', async () => {
      const subject = await make();
      const stuck = gate<readonly Message[]>();
      const run = consume(subject, () => stuck.passed);
      // Both consumers have their hands full: an aborted poll could take a message that was handed back.
      await subject.send(['in hand 1']);
      await subject.until(() => run.messages('admit').length === 1);
      await subject.send(['in hand 2']);
      await subject.until(() => run.messages('admit').length === 2);
      run.hard.abort();
      await run.end();
      expect(run.bodies('kept')).toEqual(['in hand 1', 'in hand 2']);
      stuck.open(run.messages('admit'));
      const next = consume(subject, admitAll);
      await subject.until(() => next.messages('deleted').length === 2);
      await next.end();
      expect(run.messages('deleted')).toEqual([]);
      expect(next.messages('deleted').map(({ receiveCount }) => receiveCount)).toEqual([2, 2]);
    });

    test('a hard stop aborts polls, and each is reported as failed: its messages are somewhere else', async () => {
      const subject = await make();
      const run = consume(subject, admitNone, { poll: (hard) => hard.abort() });
      await subject.until(() => run.reports.length > 0);
      await run.end();
      const started = run.reports.filter(({ kind }) => kind === 'started').length;
      expect(run.reports.filter(({ kind }) => kind === 'failed')).toHaveLength(started);
      expect(started).toBeGreaterThan(0);
    });

    test.each(['soft', 'hard'] as const)('a %s stop while it waits to be ready ends it, without a poll', async (kind) => {
      const subject = await make();
      const asked = gate<undefined>();
      const untilAborted: IntakeHandler['ready'] = (signal) => {
        asked.open(undefined);
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      };
      const run = consume(subject, admitAll, { ready: untilAborted });
      await asked.passed;
      run[kind].abort();
      await run.end();
      expect(run.reports).toEqual([]);
    });

    test('who is stopped before the start polls nothing', async () => {
      const { queue } = await make();
      const stopped = new AbortController();
      stopped.abort();
      const unused = new AbortController();
      const polls: number[] = [];
      const handler = { pollStarted: (poll: number) => void polls.push(poll) } as unknown as IntakeHandler;
      await queue.consume(handler, { soft: stopped.signal, hard: unused.signal });
      await queue.consume(handler, { soft: unused.signal, hard: stopped.signal });
      expect(polls).toEqual([]);
    });
  });
};
