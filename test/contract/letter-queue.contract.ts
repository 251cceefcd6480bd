import type { HeldLetter, LetterDestination, LetterQueue } from '../../src/ports-on-call';

/** An empty queue, where it is filled from, and time. */
export interface LetterQueueSubject {
  readonly queue: LetterQueue;
  /** Puts letters into that queue. */
  readonly into: LetterDestination;
  /** Lets so much time pass, or has it pass by itself while the queue is asked. */
  readonly pass: (seconds: number) => Promise<void>;
}

const bodiesUpTo = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `{"at":${at}}`);

const fill = (into: LetterDestination, bodies: readonly string[]): Promise<readonly (string | null)[]> =>
  into.send(bodies.map((body) => ({ body, attributes: {} })));

/** All that can be had, once it is at least so many. */
const receiveAll = async (
  { queue, pass }: LetterQueueSubject,
  atLeast: number,
  hideSeconds = 60,
): Promise<readonly HeldLetter[]> => {
  const held: HeldLetter[] = [];
  for (let empty = 0; empty < 10 && held.length < atLeast;) {
    const some = await queue.receive(hideSeconds);
    held.push(...some);
    if (some.length > 0) continue;
    empty += 1;
    await pass(1);
  }
  return held;
};

const bodiesOf = (letters: readonly HeldLetter[]): readonly string[] => letters.map(({ body }) => body).sort();
const sorted = (texts: readonly string[]): readonly string[] => [...texts].sort();

type Make = () => Promise<LetterQueueSubject>;

const readingContract = (make: Make): void => {
  test('an empty queue has none to look at', async () => {
    const { queue } = await make();
    expect(await queue.receive(60)).toEqual([]);
  });

  test('a letter is read byte for byte, with its attributes, its id, its time and how often it was received', async () => {
    const subject = await make();
    const letter = { body: '{"broken": é 🙂\t\r\n ', attributes: { 'tidemark-reason': 'not-json', RULE_ARN: 'arn:é' } };
    const [id] = await subject.into.send([letter]);
    const [first] = await receiveAll(subject, 1, 1);
    expect(first).toMatchObject({ ...letter, id, receiveCount: 1, movedFromArn: null });
    expect(first?.attributesLost).toBeUndefined();
    const [again] = await receiveAll(subject, 1);
    expect(again).toMatchObject({ ...letter, id, receiveCount: 2, sentAtMs: first?.sentAtMs });
  });

  test('each is met once while all are hidden, however many they are', async () => {
    const subject = await make();
    const ids = await fill(subject.into, bodiesUpTo(23));
    const held = await receiveAll(subject, 23);
    expect(bodiesOf(held)).toEqual(sorted(bodiesUpTo(23)));
    expect(sorted(held.map(({ id }) => id))).toEqual(sorted(ids.map(String)));
    expect(await subject.queue.receive(60)).toEqual([]);
  });
};

const hidingContract = (make: Make): void => {
  test('what is shown again can be had at once by the next who comes', async () => {
    const subject = await make();
    await fill(subject.into, bodiesUpTo(23));
    await subject.queue.showAgain(await receiveAll(subject, 23));
    expect(bodiesOf(await receiveAll(subject, 23))).toEqual(sorted(bodiesUpTo(23)));
  });

  test('what nobody shows again shows itself when its time is over', async () => {
    const subject = await make();
    await fill(subject.into, bodiesUpTo(3));
    expect(await receiveAll(subject, 3, 2)).toHaveLength(3);
    expect(await receiveAll(subject, 3)).toHaveLength(3);
  });

  test('how many can be seen, and how many are hidden, is counted', async () => {
    const subject = await make();
    await fill(subject.into, bodiesUpTo(12));
    expect(await subject.queue.count()).toEqual({ visible: 12, hidden: 0 });
    const held = await receiveAll(subject, 12);
    expect(await subject.queue.count()).toEqual({ visible: 0, hidden: 12 });
    await subject.queue.showAgain(held.slice(0, 5));
    expect(await subject.queue.count()).toEqual({ visible: 5, hidden: 7 });
  });

  test('to show none, or to remove none, asks for nothing', async () => {
    const { queue } = await make();
    await queue.showAgain([]);
    expect(await queue.remove([])).toEqual([]);
  });
};

const removingContract = (make: Make): void => {
  test('what is removed is gone, and the rest stays', async () => {
    const subject = await make();
    await fill(subject.into, bodiesUpTo(23));
    const held = await receiveAll(subject, 23);
    const [removed, kept] = [held.slice(0, 13), held.slice(13)];
    expect(await subject.queue.remove(removed)).toEqual(removed);
    await subject.queue.showAgain(kept);
    expect(bodiesOf(await receiveAll(subject, 10))).toEqual(bodiesOf(kept));
    expect(await subject.queue.count()).toEqual({ visible: 0, hidden: 10 });
  });

  test('to show again what was removed brings nothing back', async () => {
    const subject = await make();
    await fill(subject.into, bodiesUpTo(1));
    const held = await receiveAll(subject, 1);
    await subject.queue.remove(held);
    await subject.queue.showAgain(held).catch(() => undefined);
    expect(await subject.queue.receive(60)).toEqual([]);
  });
};

/** What every queue promises where letters lie. `make` gives an empty one. */
export const letterQueueContract = (name: string, make: Make): void => {
  describe(`${name} keeps the promises of a queue where letters lie`, () => {
    readingContract(make);
    hidingContract(make);
    removingContract(make);
  });
};
