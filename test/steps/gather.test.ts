import { virtualClock } from '../../src/memory/clock';
import { createGather } from '../../src/steps/gather';

interface Call {
  readonly items: readonly string[];
  readonly atMs: number;
  readonly tell: (index: number, outcome: string) => void;
  readonly end: () => void;
}

/** A gather of calls of at most three that answer when the test says so. */
const gatherOf = ({ callsAtOnce = 8 } = {}) => {
  const clock = virtualClock();
  const calls: Call[] = [];
  const call = (items: readonly string[], tell: Call['tell']): Promise<void> =>
    new Promise((end) => calls.push({ items, atMs: clock.monotonicMs(), tell, end }));
  const ask = createGather<string, string>({ clock, most: 3, callsAtOnce, call, unknown: 'unknown' });
  const answers: string[] = [];
  return {
    clock,
    calls,
    answers,
    /** Who asks, and later stands in `answers`. */
    ask: (...items: readonly string[]): void =>
      void ask(items).then((outcomes) => answers.push(items.map((item, index) => `${item}=${outcomes[index] ?? ''}`).join(' '))),
    asked: () => calls.map(({ items }) => items.join('')),
    /** Answers every item of a call with its name in capitals. */
    answer: async (n: number): Promise<void> => {
      const { items, tell, end } = calls[n]!;
      items.forEach((item, index) => tell(index, item.toUpperCase()));
      end();
      await clock.settle();
    },
  };
};

test('who asks alone does not wait', async () => {
  const { ask, asked, answer, answers, clock } = gatherOf();
  ask('a');
  expect(asked()).toEqual(['a']);
  await answer(0);
  ask('b');
  expect(asked()).toEqual(['a', 'b']);
  expect(answers).toEqual(['a=A']);
  expect(clock.nextWakeMs()).toBeNull();
});

test('what is asked for while a call is under way goes together, when that is answered', async () => {
  const { ask, asked, answer, answers } = gatherOf();
  ask('a');
  ask('b');
  ask('c');
  expect(asked()).toEqual(['a']);
  await answer(0);
  expect(asked()).toEqual(['a', 'bc']);
  await answer(1);
  expect(answers).toEqual(['a=A', 'b=B', 'c=C']);
});

test('a full call leaves at once, and takes what it can of one who asks for more', async () => {
  const { ask, asked, answer, answers } = gatherOf();
  ask('a');
  ask('b', 'c');
  ask('d', 'e');
  expect(asked()).toEqual(['a', 'bcd']);
  await answer(1);
  expect(answers).toEqual(['b=B c=C']);
  await answer(0);
  expect(asked()).toEqual(['a', 'bcd', 'e']);
  await answer(2);
  expect(answers).toEqual(['b=B c=C', 'a=A', 'd=D e=E']);
});

test('a call that hangs holds nobody up for more than twenty milliseconds', async () => {
  const { ask, asked, clock } = gatherOf();
  ask('a');
  await clock.advance(5);
  ask('b');
  await clock.advance(5);
  ask('c');
  await clock.advance(14);
  expect(asked()).toEqual(['a']);
  await clock.advance(1);
  expect(asked()).toEqual(['a', 'bc']);
});

test('no more calls are under way than may be', async () => {
  const { ask, asked, answer } = gatherOf({ callsAtOnce: 2 });
  ask('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i');
  expect(asked()).toEqual(['abc', 'def']);
  await answer(1);
  expect(asked()).toEqual(['abc', 'def', 'ghi']);
});

test('each is answered as soon as his own are, whatever his neighbours wait for', async () => {
  const { ask, calls, answers, clock } = gatherOf();
  ask('a');
  ask('b');
  ask('c');
  calls[0]!.end();
  await clock.settle();
  calls[1]!.tell(1, 'C');
  await clock.settle();
  expect(answers).toEqual(['a=unknown', 'c=C']);
});

test('what a call does not tell is unknown, be it that it broke', async () => {
  const clock = virtualClock();
  const call = (_: readonly string[], tell: (index: number, outcome: string) => void): Promise<void> => {
    tell(0, 'told');
    tell(0, 'told twice');
    return Promise.reject(new Error('a bug'));
  };
  const ask = createGather<string, string>({ clock, most: 3, callsAtOnce: 1, call, unknown: 'unknown' });
  expect(await ask(['a', 'b'])).toEqual(['told', 'unknown']);
  expect(await ask(['c'])).toEqual(['told']);
  expect(await ask([])).toEqual([]);
});

test('where every call hangs, who waits is let go before his messages are taken for lost, though nobody else asks', async () => {
  const { ask, asked, answer, answers, clock } = gatherOf({ callsAtOnce: 1 });
  ask('a');
  ask('b', 'c', 'd', 'e');
  await clock.advance(14_999);
  expect(answers).toEqual([]);
  await clock.advance(1);
  expect(answers).toEqual(['b=unknown c=unknown d=unknown e=unknown']);
  ask('f');
  await answer(0);
  expect(asked()).toEqual(['a', 'f']);
  expect(clock.nextWakeMs()).toBeNull();
});

test('who waits behind calls that answer is not let go, however long that takes', async () => {
  const { ask, asked, answer, answers, clock } = gatherOf({ callsAtOnce: 1 });
  ask('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i');
  for (const call of [0, 1, 2]) {
    await clock.advance(10_000);
    await answer(call);
  }
  expect(asked()).toEqual(['abc', 'def', 'ghi']);
  expect(answers).toEqual(['a=A b=B c=C d=D e=E f=F g=G h=H i=I']);
});

test('an answer that itself took too long keeps nobody waiting', async () => {
  const { ask, asked, answer, answers, clock } = gatherOf({ callsAtOnce: 1 });
  ask('a');
  await clock.advance(20_000);
  ask('b', 'c', 'd', 'e');
  await clock.advance(10_000);
  await answer(0);
  expect(asked()).toEqual(['a', 'bcd']);
  ask('f');
  await clock.advance(5_000);
  await answer(1);
  expect(answers).toEqual(['a=A', 'b=B c=C d=D e=unknown']);
});

test('each in turn gives what one call takes, and nobody stands behind all that another asks for', async () => {
  const { ask, asked, answer } = gatherOf({ callsAtOnce: 1 });
  ask('a');
  ask('b', 'c', 'd', 'e', 'f', 'g', 'h');
  ask('x', 'y');
  for (const call of [0, 1, 2, 3]) await answer(call);
  expect(asked()).toEqual(['a', 'bcd', 'xye', 'fgh']);
});
