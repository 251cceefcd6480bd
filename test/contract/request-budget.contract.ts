import type { BudgetNews, Purpose } from '../../src/core/genesys-answers';
import type { RequestBudget } from '../../src/ports';
import { anAsk, type BudgetSubject, type MakeBudget, minute, mostInAMinute, takeAll } from './request-budget-subject';

const news = (heard: Partial<BudgetNews>): BudgetNews => ({ resource: 'details', stayAwayMs: null, period: null, ...heard });

const times = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, n) => make(n));

const waitOf = async (budget: RequestBudget, ask = anAsk()): Promise<number> => (await budget.take(ask)).waitMs;

/** Takes until it is told to wait; answers how many it got. */
const drain = async (budget: RequestBudget, ask = anAsk()): Promise<number> => {
  let taken = 0;
  while ((await waitOf(budget, ask)) === 0) taken += 1;
  return taken;
};

/** Several takers of a purpose on each of three workers. */
const takersOf = (budgets: readonly RequestBudget[], purpose: Purpose, count: number) =>
  times(count, (n) => ({ budget: budgets[n % budgets.length]!, ask: anAsk(purpose) }));

const threeOf = ({ open }: BudgetSubject): readonly RequestBudget[] => times(3, open);

/** How much of a limit is wanted for how long: each request is a call of a table. */
interface Load {
  readonly limit: number;
  readonly forMs: number;
}

const contention = (make: MakeBudget, { limit, forMs }: Load): void => {
  test('of many takers on many workers no minute sees more than the limit, and little of it is wasted', async () => {
    const subject = await make(limit);
    const taken = await takeAll(subject, takersOf(threeOf(subject), 'live', 40), forMs);
    expect(mostInAMinute(taken)).toBeLessThanOrEqual(limit);
    expect(taken.length).toBeGreaterThan((0.95 * limit * forMs) / minute);
  });

  test('live takes what it wants while the others want more than there is', async () => {
    const subject = await make(limit);
    const budgets = threeOf(subject);
    const others = [...takersOf(budgets, 'redrive', 12), ...takersOf(budgets, 'reconciliation', 12)];
    await takeAll(subject, others, 5_000);
    const taken = await takeAll(subject, [...others, ...takersOf(budgets, 'live', 12)], forMs / 2);
    const ofLive = taken.filter(({ ask }) => ask.purpose === 'live');
    expect(ofLive.length / taken.length).toBeGreaterThan(0.95);
  });

  test.each(['redrive', 'reconciliation'] as const)('%s gets on when nobody who goes first wants anything', async (purpose) => {
    const subject = await make(limit);
    const taken = await takeAll(subject, takersOf(threeOf(subject), purpose, 12), forMs / 2);
    expect(taken.length).toBeGreaterThan((0.9 * limit * forMs) / 2 / minute);
  });
};

const orders = (make: MakeBudget, { limit }: Load): void => {
  test('a Retry-After is obeyed by a worker that never saw it, for its resource and until its time', async () => {
    const subject = await make(300);
    const [one, other] = [subject.open(), subject.open()];
    expect(await waitOf(other)).toBe(0);
    await one.learn(news({ stayAwayMs: 2 * 60 * minute, period: { count: 300, allowed: 300, resetMs: 30_000 } }));
    const waitMs = await waitOf(other);
    expect(waitMs).toBeGreaterThan(2 * 60 * minute - 1);
    expect(waitMs).toBeLessThan(2 * 60 * minute + 10_000);
    expect(await waitOf(other, anAsk('live', 'conversation'))).toBe(0);
    await subject.clock.advance(2 * 60 * minute + 1);
    expect(await waitOf(subject.open())).toBe(0);
  });

  test('a Retry-After of days is believed for one', async () => {
    const subject = await make(300);
    await subject.open().learn(news({ stayAwayMs: 10 * 24 * 60 * minute }));
    expect(await waitOf(subject.open())).toBeGreaterThan(24 * 60 * minute - 1);
    await subject.clock.advance(24 * 60 * minute + 1);
    expect(await waitOf(subject.open())).toBe(0);
  });

  test('a limit that Genesys names for a resource is obeyed by all, and forgotten when it is no longer named', async () => {
    const subject = await make(limit);
    await subject.open().learn(news({ period: { count: 1, allowed: limit / 5, resetMs: 60_000 } }));
    const takers = takersOf(threeOf(subject), 'live', 6);
    const lowered = await takeAll(subject, takers, 1.5 * minute);
    expect(mostInAMinute(lowered)).toBeLessThanOrEqual(limit / 5);
    expect(lowered.length).toBeGreaterThan(limit / 4);
    await subject.clock.advance(10 * minute);
    expect((await takeAll(subject, takers, minute / 2)).length).toBeGreaterThan(limit / 2.4);
  });

  test('a 429 that names no limit lowers it by a quarter, once for all that come together', async () => {
    const subject = await make((limit * 4) / 3);
    await Promise.all(times(10, () => subject.open().learn(news({ stayAwayMs: 1_000 }))));
    await subject.clock.advance(2 * minute);
    const taken = await takeAll(subject, takersOf(threeOf(subject), 'live', 12), minute);
    expect(taken.length).toBeLessThanOrEqual(limit);
    expect(taken.length).toBeGreaterThan(0.9 * limit);
  });

  test('what others spend of the same client is not spent again', async () => {
    const subject = await make(limit);
    const budgets = threeOf(subject);
    await budgets[0]?.learn(news({ period: { count: limit - 10, allowed: limit, resetMs: 30_000 } }));
    const takers = takersOf(budgets, 'live', 6);
    expect((await takeAll(subject, takers, 30_000)).length).toBeLessThanOrEqual(10);
    expect((await takeAll(subject, takers, 30_000)).length).toBeGreaterThan(limit / 3);
  });
};

const waiting = (make: MakeBudget): void => {
  test('a thousand who are refused together are not told to come back together', async () => {
    const { open } = await make(300);
    const budget = open();
    const waits = await Promise.all(times(1_000, () => waitOf(budget)));
    const seconds = waits.filter((waitMs) => waitMs > 0).map((waitMs) => Math.floor(waitMs / 1_000));
    const busiest = Math.max(...seconds.map((second) => seconds.filter((other) => other === second).length));
    expect(busiest).toBeLessThan(30);
  });

  test('whoever is refused is not told to wait for others of lower rank', async () => {
    const { open } = await make(300);
    const budget = open();
    await drain(budget, anAsk('live'));
    for (let n = 0; n < 500; n++) await budget.take(anAsk('reconciliation'));
    expect(await waitOf(budget)).toBeLessThan(1_000);
  });

  test('a part of what may go at once is kept for live', async () => {
    const { open } = await make(300);
    const budget = open();
    expect(await drain(budget, anAsk('reconciliation'))).toBeGreaterThan(0);
    expect(await drain(budget, anAsk('redrive'))).toBeGreaterThan(0);
    expect(await drain(budget, anAsk('live'))).toBeGreaterThan(2);
  });
};

/** What every budget promises. `make` gives one that nothing was taken from; `load` is how much many want of it. */
export const requestBudgetContract = (kind: string, make: MakeBudget, load: Load): void => {
  describe(`${kind} keeps the promises of a budget of requests`, () => {
    contention(make, load);
    orders(make, load);
    waiting(make);
  });
};
