import type { IntakeHandler, IntakeQueue, Message } from '../../src/ports';

/** An empty queue that polls with two consumers, and what is needed to see what happens to it. */
export interface IntakeQueueSubject {
  readonly queue: IntakeQueue;
  readonly send: (bodies: readonly string[]) => Promise<void>;
  /** Lets time pass until the condition holds, long enough for a message that was handed back to come again; rejects if it does not. */
  readonly until: (condition: () => boolean) => Promise<void>;
  /** Messages in the queue, visible or in flight. */
  readonly remaining: () => Promise<number>;
  readonly nowMs: () => number;
}

type Report = { readonly kind: 'started' | 'failed'; readonly poll: number } | MessagesReport;
interface MessagesReport {
  readonly kind: 'returned' | 'admit' | 'deleted' | 'kept';
  readonly poll?: number;
  readonly messages: readonly Message[];
}

type Admit = (batch: readonly Message[]) => readonly Message[] | Promise<readonly Message[]>;

const admitAll: Admit = (batch) => batch;
const admitNone: Admit = () => [];

/** Consumes, and writes down what the queue reports. */
const consume = (
  { queue, until }: IntakeQueueSubject,
  admit: Admit,
  onPoll: (hard: AbortController) => void = () => undefined,
) => {
  const reports: Report[] = [];
  const [soft, hard] = [new AbortController(), new AbortController()];
  const handler: IntakeHandler = {
    pollStarted: (poll) => {
      reports.push({ kind: 'started', poll });
      onPoll(hard);
    },
    pollReturned: (poll, messages) => void reports.push({ kind: 'returned', poll, messages }),
    pollFailed: (poll) => void reports.push({ kind: 'failed', poll }),
    admit: async (messages) => {
      reports.push({ kind: 'admit', messages });
      return admit(messages);
    },
    deleted: (messages) => void reports.push({ kind: 'deleted', messages }),
    kept: (messages) => void reports.push({ kind: 'kept', messages }),
  };
  let isOver = false;
  const consuming = queue.consume(handler, { soft: soft.signal, hard: hard.signal }).then(() => (isOver = true));
  const messages = (kind: MessagesReport['kind']): readonly Message[] =>
    reports.flatMap((report) => (report.kind === kind && 'messages' in report ? report.messages : []));
  const bodies = (kind: MessagesReport['kind']): readonly string[] =>
    messages(kind)
      .map(({ body }) => body)
      .sort();
  return {
    reports,
    messages,
    bodies,
    soft,
    hard,
    isOver: () => isOver,
    end: async (): Promise<void> => {
      soft.abort();
      await until(() => isOver);
      await consuming;
    },
  };
};

const gate = <T>() => {
  let open: (value: T) => void = () => undefined;
  const passed = new Promise<T>((resolve) => (open = resolve));
  return { passed, open };
};

/** What every intake queue promises. `make` gives an empty one for each test. */
export const intakeQueueContract = (name: string, make: () => Promise<IntakeQueueSubject>): void => {
  describe(`${name} keeps the promises of an intake queue`, () => {
    test('a message arrives byte for byte, with its queue time, its receive count and a handle of its own', async () => {
      const subject = await make();
      const sent = ['{"a": "é 🙂 \\u0000"}\n\t', 'not JSON'];
      await subject.send(sent);
      const run = consume(subject, admitAll);
      await subject.until(() => run.messages('deleted').length === 2);
      await run.end();
      const received = run.messages('admit');
      expect(run.bodies('admit')).toEqual([...sent].sort());
      expect(new Set(received.map(({ handle }) => handle)).size).toBe(2);
      expect(new Set(received.map(({ id }) => id)).size).toBe(2);
      expect(received.map(({ receiveCount }) => receiveCount)).toEqual([1, 1]);
      for (const { sentAtMs } of received) expect(Math.abs(sentAtMs - subject.nowMs())).toBeLessThan(60_000);
    });

    test('what is admitted is deleted, and nothing of it remains', async () => {
      const subject = await make();
      const sent = Array.from({ length: 25 }, (_, n) => `message ${n + 10}`);
      await subject.send(sent);
      const run = consume(subject, admitAll);
      await subject.until(() => run.messages('deleted').length >= 25);
      await run.end();
      expect(run.bodies('deleted')).toEqual(sent);
      expect(run.messages('kept')).toEqual([]);
      expect(await subject.remaining()).toBe(0);
    });

    test('a batch holds at most ten messages, and one admit sees what one poll returned', async () => {
      const subject = await make();
      await subject.send(Array.from({ length: 12 }, (_, n) => `message ${n}`));
      const run = consume(subject, admitAll);
      await subject.until(() => run.messages('deleted').length === 12);
      await run.end();
      const batches = (kind: Report['kind']) =>
        run.reports.flatMap((report) =>
          report.kind === kind && 'messages' in report ? [report.messages.map(({ id }) => id)] : [],
        );
      expect(Math.max(...batches('admit').map((batch) => batch.length))).toBeLessThanOrEqual(10);
      expect(batches('returned').filter((batch) => batch.length > 0)).toEqual(batches('admit'));
    });

    test('what is not admitted is kept, and comes again: same id and queue time, another handle, one receive more', async () => {
      const subject = await make();
      await subject.send(['again']);
      let deliveries = 0;
      const run = consume(subject, (batch) => ((deliveries += 1) === 1 ? [] : batch));
      await subject.until(() => run.messages('deleted').length === 1);
      await run.end();
      const [first, second] = run.messages('admit');
      expect(run.messages('kept')).toEqual([first]);
      expect(run.messages('deleted')).toEqual([second]);
      expect([second?.id, second?.sentAtMs, second?.receiveCount]).toEqual([first?.id, first?.sentAtMs, 2]);
      expect(second?.handle).not.toBe(first?.handle);
    });

    test('of a batch that is partly admitted, that part is deleted and the rest is kept', async () => {
      const subject = await make();
      await subject.send(['good', 'bad', 'good', 'bad']);
      const run = consume(subject, (batch) => batch.filter(({ body }) => body === 'good'));
      await subject.until(
        () => run.messages('deleted').length === 2 && new Set(run.messages('kept').map(({ id }) => id)).size === 2,
      );
      await run.end();
      expect(run.bodies('deleted')).toEqual(['good', 'good']);
      expect(new Set(run.bodies('kept'))).toEqual(new Set(['bad']));
      expect(await subject.remaining()).toBe(2);
    });

    test('an admit that waits does not hold up the other consumer', async () => {
      const subject = await make();
      const slow = gate<undefined>();
      const run = consume(subject, async (batch) => {
        if (batch.some(({ body }) => body === 'slow')) await slow.passed;
        return batch;
      });
      await subject.send(['slow']);
      await subject.until(() => run.messages('admit').length === 1);
      await subject.send(['quick']);
      await subject.until(() => run.messages('deleted').length === 1);
      expect(run.bodies('deleted')).toEqual(['quick']);
      slow.open(undefined);
      await run.end();
      expect(run.bodies('deleted')).toEqual(['quick', 'slow']);
    });

    test('each poll is reported: started, then returned, then its messages admitted, then deleted; an empty one too', async () => {
      const subject = await make();
      await subject.send(['one']);
      const run = consume(subject, admitAll);
      await subject.until(() => run.reports.some((report) => report.kind === 'returned' && report.messages.length === 0));
      await run.end();
      const polls = (kind: Report['kind']) => run.reports.flatMap((report) => (report.kind === kind ? [report.poll] : []));
      expect(new Set(polls('started')).size).toBe(polls('started').length);
      expect([...polls('returned')].sort()).toEqual([...polls('started')].sort());
      const at = (kind: Report['kind'], poll?: number) =>
        run.reports.findIndex((report) => report.kind === kind && (poll === undefined || report.poll === poll));
      const bringer = run.reports.find((report) => report.kind === 'returned' && report.messages.length === 1);
      const order = [at('started', bringer?.poll), at('returned', bringer?.poll), at('admit'), at('deleted')];
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(order).not.toContain(-1);
    });

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
      const run = consume(subject, admitNone, (hard) => hard.abort());
      await run.end();
      const started = run.reports.filter(({ kind }) => kind === 'started').length;
      expect(run.reports.filter(({ kind }) => kind === 'failed')).toHaveLength(started);
      expect(started).toBeGreaterThan(0);
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
