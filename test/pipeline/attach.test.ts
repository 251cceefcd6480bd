import { createSchemaRegistry } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';
import { feedMessage, minute } from '../factories';
import { around, crash, ended, outcome, second, setUp, started } from './world';

/** A registry in which after-call work is attached. */
const registry = createSchemaRegistry(
  readSchemaFiles().map((file) =>
    file.path === 'v2.detail.events.conversation.acw/subject.json'
      ? {
          ...file,
          content: {
            ...(file.content as object),
            action: 'attach',
            reads: { conversationId: 'conversationId', eventTime: 'eventTime' },
          },
        }
      : file,
  ),
);
const early = { emitPartialEveryMs: 60 * second };
const noted = (notes: string): object => feedMessage({ type: 'acw', at: minute(2), body: { wrapupNotes: notes } });

type World = ReturnType<typeof setUp>;
const world = (...[changed = {}, ...rest]: Parameters<typeof setUp>): World => setUp({ registry, ...changed }, ...rest);

const notesOf = (body: unknown): string => (body as { wrapupNotes: string }).wrapupNotes;
const published = ({ topic }: World): readonly string[] =>
  topic
    .published()
    .filter(({ attributes }) => attributes['kind'] === 'passed-event')
    .map(({ message }) => notesOf((JSON.parse(message) as { body: unknown }).body));
const inRecords = ({ records }: World): readonly (readonly string[])[] =>
  records().map(({ attached = [] }) => attached.map(({ body }) => notesOf(body)));

test('what is there at the close goes into the record, in order and once, and is not published by itself', async () => {
  const all = world();
  await all.admit(0, started, ended);
  const [first, second_] = [noted('first'), feedMessage({ type: 'acw', at: minute(3), body: { wrapupNotes: 'second' } })];
  await all.admit(10 * second, second_, first, second_);
  await all.closeDue(45 * second);
  expect(inRecords(all)).toEqual([['first', 'second']]);
  expect(published(all)).toEqual([]);
  expect(all.records()[0]).toMatchObject({ eventCount: 2, lifecycle: [{}, {}] });
});

test('it neither opens a window nor holds one open, and changes no hash of what was reconstructed', async () => {
  const alone = world();
  await alone.admit(0, noted('alone'));
  expect([alone.head(), published(alone)]).toEqual([undefined, ['alone']]);
  const [without, beside] = [world(), world()];
  for (const one of [without, beside]) await one.admit(0, started, ended);
  await beside.admit(44 * second, noted('late in the hold'));
  for (const one of [without, beside]) expect(await one.closeDue(45 * second)).toEqual(['closed']);
  expect(beside.records()[0]!.contentHash).toBe(without.records()[0]!.contentHash);
});

test('what comes before its window is published, and in the record all the same', async () => {
  const before = world();
  await before.admit(0, noted('early bird'));
  await before.admit(1 * second, started, ended);
  await before.closeDue(46 * second);
  expect([published(before), inRecords(before)]).toEqual([['early bird'], [['early bird']]]);
});

test('what comes after the close is published and starts nothing', async () => {
  const late = world();
  await late.admit(0, started, ended);
  await late.closeDue(45 * second);
  expect(await late.admit(50 * second, noted('too late'))).toBe(1);
  expect([late.head()?.state, published(late), late.records().length]).toEqual(['closed', ['too late'], 1]);
  expect(await late.closeDue(1_000 * second)).toEqual([]);
});

test('what comes while the window is closing is published: the close may have looked already', async () => {
  const admitNow = (): Promise<number> => closing.admit(46 * second, noted('in between'));
  const closing: World = world({}, around('putRecord', 'before', admitNow));
  await closing.admit(0, started, ended);
  expect(await closing.closeDue(45 * second)).toEqual(['closed']);
  expect([inRecords(closing), published(closing)]).toEqual([[[]], ['in between']]);
});

test('what a window holds when a close has nothing new to say is published', async () => {
  const twice = world();
  await twice.admit(0, started, ended);
  await twice.closeDue(45 * second);
  await twice.admit(50 * second, started);
  await twice.admit(51 * second, noted('while a duplicate waits'));
  expect(published(twice)).toEqual([]);
  expect(await twice.closeDue(95 * second)).toEqual(['closed']);
  expect([twice.records().length, published(twice)]).toEqual([1, ['while a duplicate waits']]);
});

test('a later revision carries what has been attached since, and an early one what is there', async () => {
  const partial = world({}, undefined, early);
  await partial.admit(0, started);
  await partial.admit(1 * second, noted('early'));
  await partial.closeDue(60 * second);
  await partial.admit(70 * second, ended, noted('on time'));
  await partial.closeDue(115 * second);
  await partial.admit(200 * second, outcome);
  await partial.closeDue(245 * second);
  expect(inRecords(partial)).toEqual([['early'], ['early', 'on time'], ['early', 'on time']]);
  expect(published(partial)).toEqual([]);
});

test('what a record has no room for is published instead', async () => {
  const full = world();
  const large = 'x'.repeat(40_000);
  await full.admit(0, started, ended);
  await full.admit(1 * second, noted(`1${large}`), noted(`2${large}`), noted('small'));
  await full.closeDue(45 * second);
  const [carried = []] = inRecords(full);
  expect(carried).toHaveLength(2);
  expect([...carried, ...published(full)].map((notes) => notes.slice(0, 1)).sort()).toEqual(['1', '2', 's']);
});

test('what could not be published either is set aside when it comes, and its window closes without it', async () => {
  const all = world();
  await all.admit(0, started, ended);
  expect(await all.admit(1 * second, noted('x'.repeat(300_000)), noted('small'))).toBe(2);
  expect(await all.closeDue(45 * second)).toEqual(['closed']);
  expect([inRecords(all), published(all)]).toEqual([[['small']], []]);
  expect(all.deadLetters.letters().map(({ letter }) => letter.rejection.reason)).toEqual(['too-large']);
});

test('a close that finds a record of somebody else publishes what that does not carry', async () => {
  const other: World = world(
    {},
    around('putRecord', 'before', () => putWithout()),
  );
  const putWithout = async (): Promise<unknown> => {
    const plain = world();
    await plain.admit(0, started, ended);
    await plain.closeDue(45 * second);
    const [stored] = plain.memory.records();
    return other.memory.putRecord({ ...stored!, record: { ...stored!.record, life: other.head()!.life } }, 1e15);
  };
  await other.admit(0, started, ended);
  await other.admit(1 * second, noted('not in theirs'));
  await other.closeDue(45 * second);
  expect([inRecords(other), published(other)]).toEqual([[[]], ['not in theirs']]);
});

test('a topic that does not answer keeps the message', async () => {
  const { topic } = world();
  const silent = world({ topic: { ...topic, publish: () => crash() } });
  expect(await silent.admit(0, noted('nobody hears'))).toBe(0);
});
