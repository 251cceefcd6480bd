import { createIntakeRoom, type Place } from '../../src/aws/intake-room';

const never = new AbortController().signal;

/** Who has come in, by name. */
const roomOf = (batches: number, characters = 1_000) => {
  const room = createIntakeRoom({ batches, characters });
  const inside = new Map<string, Place | null>();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    room,
    names: () => [...inside].filter(([, place]) => place !== null).map(([name]) => name),
    place: (name: string) => inside.get(name)!,
    enter: async (name: string, signal: AbortSignal = never): Promise<void> => {
      void room.enter(signal).then((place) => inside.set(name, place));
      await settle();
    },
    settle,
  };
};

test('as many come in as there are places, and who waits comes in when one is left', async () => {
  const { enter, names, place, settle } = roomOf(2);
  for (const name of ['a', 'b', 'c', 'd']) await enter(name);
  expect(names()).toEqual(['a', 'b']);
  place('b').leave();
  place('b').leave();
  await settle();
  expect(names()).toEqual(['a', 'b', 'c']);
});

test('large bodies take the room of many batches', async () => {
  const { enter, names, place, settle } = roomOf(10, 100);
  await enter('a');
  place('a').fill(60);
  await enter('b');
  place('b').fill(60);
  await enter('c');
  expect(names()).toEqual(['a', 'b']);
  place('a').leave();
  await settle();
  expect(names()).toEqual(['a', 'b', 'c']);
});

test('who waits when the signal comes gets no place, and none is lost', async () => {
  const { enter, names, place, settle } = roomOf(1);
  const stop = new AbortController();
  await enter('a');
  await enter('b', stop.signal);
  stop.abort();
  await enter('c', stop.signal);
  await enter('d');
  place('a').leave();
  await settle();
  expect(names()).toEqual(['a', 'd']);
});

test('it is empty when every place has been left', async () => {
  const { room, enter, place, settle } = roomOf(2);
  await room.empty();
  await enter('a');
  await enter('b');
  let isEmpty = false;
  void room.empty().then(() => (isEmpty = true));
  place('a').leave();
  await settle();
  expect(isEmpty).toBe(false);
  place('b').leave();
  await settle();
  expect(isEmpty).toBe(true);
});
