import { redriveAttribute, type RedriveHistory, writeHistory } from '../../src/core/on-call/redrive-history';
import { deadLetterAttributes } from '../../src/core/rejection';
import { admitAll, consume, gate, type IntakeQueueSubject, type Report } from './intake-queue-subject';
import { intakeStopContract } from './intake-queue-stop.contract';

/** What every intake queue promises. `make` gives an empty one for each test. */
export const intakeQueueContract = (name: string, make: () => Promise<IntakeQueueSubject>): void => {
  intakeStopContract(name, make);
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

    test('a message that was moved back says so, and by which redrive where it was one', async () => {
      const subject = await make();
      const history: RedriveHistory = { first: 'first-1', times: 2, job: 'job-1', letter: 'letter-1' };
      await subject.send(['redriven'], { [redriveAttribute]: writeHistory(history), [deadLetterAttributes.reason]: 'invalid' });
      await subject.send(['moved by hand'], { [deadLetterAttributes.reason]: 'invalid' });
      await subject.send(['forged'], { [redriveAttribute]: 'by whom?' });
      await subject.send(['new'], { other: 'attribute' });
      const run = consume(subject, admitAll);
      await subject.until(() => run.messages('deleted').length === 4);
      await run.end();
      const marks = run.messages('admit').map(({ body, redriven, history: told }) => [body, redriven, told] as const);
      expect([...marks].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
        ['forged', true, undefined],
        ['moved by hand', true, undefined],
        ['new', undefined, undefined],
        ['redriven', true, history],
      ]);
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

    test('no poll begins while its handler is not ready, and each begins once it is', async () => {
      const subject = await make();
      await subject.send(['one']);
      const [asked, ready] = [gate<undefined>(), gate<undefined>()];
      const run = consume(subject, admitAll, {
        ready: () => {
          asked.open(undefined);
          return ready.passed;
        },
      });
      await asked.passed;
      expect(run.reports).toEqual([]);
      expect(await subject.remaining()).toBe(1);
      ready.open(undefined);
      await subject.until(() => run.messages('deleted').length === 1);
      await run.end();
      expect(run.messages('admit').map(({ receiveCount }) => receiveCount)).toEqual([1]);
    });
  });
};
