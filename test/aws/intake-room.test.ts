import { createIntakeRoom, type Outcome, type Place } from '../../src/aws/intake-room';

const never = new AbortController().signal;

/** Who has come in, by name. */
const roomOf = (leastBatches: number, { mostBatches = leastBatches, characters = 1_000 } = {}) => {
  const room = createIntakeRoom({ leastBatches, mostBatches, characters });
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
  place('b').leave('whole');
  place('b').leave('whole');
  await settle();
  expect(names()).toEqual(['a', 'b', 'c']);
});

test('large bodies take the room of many batches', async () => {
  const { enter, names, place, settle } = roomOf(10, { characters: 100 });
  await enter('a');
  place('a').fill(60);
  await enter('b');
  place('b').fill(60);
  await enter('c');
  expect(names()).toEqual(['a', 'b']);
  place('a').leave('whole');
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
  place('a').leave('whole');
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
  place('a').leave('whole');
  await settle();
  expect(isEmpty).toBe(false);
  place('b').leave('whole');
  await settle();
  expect(isEmpty).toBe(true);
});

/** How many would be let in, who then leave without having been anything. */
const roomFor = async ({ room, settle }: Pick<ReturnType<typeof roomOf>, 'room' | 'settle'>): Promise<number> => {
  const inside: Place[] = [];
  const overs = Array.from({ length: 20 }, () => new AbortController());
  for (const { signal } of overs) void room.enter(signal).then((place) => place && inside.push(place));
  await settle();
  for (const over of overs) over.abort();
  for (const place of inside) place.leave('nothing');
  return inside.length;
};

const pass = async ({ room }: Pick<ReturnType<typeof roomOf>, 'room'>, outcome: Outcome, times = 1): Promise<void> => {
  for (let n = 0; n < times; n++) (await room.enter(never))!.leave(outcome);
};

test('eight batches that are admitted whole make room for one more, up to the most', async () => {
  const inRoom = roomOf(2, { mostBatches: 4 });
  expect(await roomFor(inRoom)).toBe(2);
  await pass(inRoom, 'whole', 7);
  expect(await roomFor(inRoom)).toBe(2);
  await pass(inRoom, 'whole');
  expect(await roomFor(inRoom)).toBe(3);
  await pass(inRoom, 'nothing', 100);
  expect(await roomFor(inRoom)).toBe(3);
  await pass(inRoom, 'whole', 100);
  expect(await roomFor(inRoom)).toBe(4);
});

test('a batch of which anything comes again leaves half the room, and never less than the least', async () => {
  const inRoom = roomOf(3, { mostBatches: 16 });
  await pass(inRoom, 'whole', 200);
  expect(await roomFor(inRoom)).toBe(16);
  await pass(inRoom, 'kept');
  expect(await roomFor(inRoom)).toBe(8);
  await pass(inRoom, 'kept', 5);
  expect(await roomFor(inRoom)).toBe(3);
});
