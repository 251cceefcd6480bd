import fc from 'fast-check';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { type ArchivedLetter, archivedLetter, writeArchiveLine } from '../../src/on-call/archive-line';
import { openRestored } from '../../src/on-call/restored-file';
import { restoreLetters, strangeQueue, surveyArchive } from '../../src/on-call/restore';
import type { LineFile } from '../../src/on-call/line-file';
import type { LetterDestination } from '../../src/ports-on-call';
import { memoryLetterDestination, memoryLetterQueue } from '../memory/letter-queue';
import { memoryLineFile } from '../memory/line-file';
import { mortal, mortalDestination } from './mortal';

const queue = memoryLetterQueue({ clock: virtualClock() });
const never = new AbortController().signal;

const letter = (n: number, changed: Partial<ArchivedLetter> = {}): ArchivedLetter => ({
  ...archivedLetter(queue, {
    ...{ id: `letter-${n}`, body: `body ${n}\r\n`, attributes: { n: String(n) } },
    ...{ sentAtMs: n, receiveCount: 1, movedFromArn: null, handle: '' },
  }),
  ...changed,
});

const some = (count: number): readonly ArchivedLetter[] => Array.from({ length: count }, (_, n) => letter(n));

const fileOf = (letters: readonly ArchivedLetter[]) => {
  const file = memoryLineFile();
  file.put(letters.map((one) => `${writeArchiveLine(one)}\n`).join(''));
  return file;
};

const progressFile = () => memoryLineFile({ name: 'letters.jsonl.restored' });

const restore = async (file: LineFile, progress: LineFile, to: LetterDestination, signal = never) => {
  const restored = await openRestored(progress);
  if ('problem' in restored) return restored;
  const survey = await surveyArchive(file, restored);
  if ('problem' in survey) return survey;
  return strangeQueue(file.name, survey, [queue.url]) ?? restoreLetters({ file, restored, survey, into: () => to, signal });
};

test('every letter of a file goes back, byte for byte with its attributes, in its order', async () => {
  const to = memoryLetterDestination();
  const done = await restore(fileOf(some(23)), progressFile(), to);
  expect(done).toMatchObject({ because: null, counts: { selected: 23, restored: 23, failed: 0, left: 0, before: 0 } });
  expect(to.sent()).toEqual(some(23).map(({ body, attributes }, n) => ({ body, attributes, id: `moved-${n + 1}` })));
});

test('a letter that has been restored is not restored again, also where the file has grown or holds it twice', async () => {
  const [to, progress] = [memoryLetterDestination(), progressFile()];
  await restore(fileOf(some(3)), progress, to);
  const again = await restore(fileOf([...some(5), ...some(5)]), progress, to);
  expect(again).toMatchObject({ counts: { selected: 2, restored: 2, before: 3 } });
  expect(to.sent().map(({ body }) => body)).toEqual(some(5).map(({ body }) => body));
});

test.each([
  ['torn', (content: string) => content.slice(0, -30), 'line 3: expected its hash at the end, got none: it is torn'],
  ['changed', (content: string) => content.replace('body 1', 'body 9'), 'line 2: expected what its hash was made of'],
  ['of another layout', (content: string) => content.replace('{"layout":1', '{"layout":7'), 'line 1: expected layout 1, got 7'],
  ['of something else', (content: string) => `${content}\n`, 'line 4: expected an archived letter, got something else'],
])('a file with a line that is %s is refused whole, and the line named', async (_, spoil, problem) => {
  const [to, file] = [memoryLetterDestination(), memoryLineFile()];
  file.put(spoil(fileOf(some(3)).content()));
  expect(await restore(file, progressFile(), to)).toEqual({
    problem: expect.stringContaining(`letters.jsonl, ${problem}`) as string,
  });
  expect(to.sent()).toEqual([]);
});

test('a file with a letter of another queue is refused whole, and the queue named', async () => {
  const to = memoryLetterDestination();
  const stray = letter(2, { queueUrl: 'https://sqs.test/1/other' });
  expect(await restore(fileOf([letter(1), stray]), progressFile(), to)).toEqual({
    problem: expect.stringContaining('got some of https://sqs.test/1/other') as string,
  });
  expect(to.sent()).toEqual([]);
});

test('what the queue does not take is counted, and restored by the next run', async () => {
  let isFull = true;
  const to = memoryLetterDestination({ refuses: ({ attributes }) => isFull && attributes['n'] === '1' });
  const [file, progress] = [fileOf(some(3)), progressFile()];
  expect(await restore(file, progress, to)).toMatchObject({ counts: { selected: 3, restored: 2, failed: 1, left: 0 } });
  isFull = false;
  expect(await restore(file, progress, to)).toMatchObject({ counts: { selected: 1, restored: 1, failed: 0, before: 2 } });
});

test('a queue that fails ends it, with the counts of what was done', async () => {
  const to: LetterDestination = { name: 'queue', send: () => Promise.reject(new RangeError('No.')) };
  expect(await restore(fileOf(some(25)), progressFile(), to)).toMatchObject({
    counts: { selected: 25, restored: 0, failed: 10, left: 15 },
    because: 'letters could not be sent or noted: RangeError',
  });
});

test('whoever stops it finds the rest left', async () => {
  const stop = new AbortController();
  const to = memoryLetterDestination({ arrived: () => stop.abort() });
  expect(await restore(fileOf(some(25)), progressFile(), to, stop.signal)).toMatchObject({
    counts: { selected: 25, restored: 10, failed: 0, left: 15 },
    because: 'somebody stopped it',
  });
});

test('a file of something else beside it is not touched', async () => {
  const progress = progressFile();
  progress.put('Dear diary\n');
  expect(await restore(fileOf(some(1)), progress, memoryLetterDestination())).toEqual({
    problem: expect.stringContaining('letters.jsonl.restored, line 1') as string,
  });
  expect(progress.content()).toBe('Dear diary\n');
});

test('killed at any call, and with the power lost, all letters are restored in the end, none more often than it was killed and once', async () => {
  const history = async (seed: number, count: number, chance: number): Promise<void> => {
    const random = seededRandom(seed);
    const to = memoryLetterDestination({ refuses: () => random.fraction() < 0.05 });
    const file = fileOf(some(count));
    let step: (() => Promise<void>) | null = null;
    const progress = memoryLineFile({ name: 'letters.jsonl.restored', beforeSync: () => step?.() ?? Promise.resolve() });
    let lives = 0;
    for (let isOver = false; !isOver; lives++) {
      const process = mortal(random, lives < 20 ? chance : 0, () => undefined);
      step = () => process.step(() => Promise.resolve());
      const done = await process.live(() => restore(file, progress, mortalDestination(to, process)));
      step = null;
      if (done && 'problem' in done) throw new Error(done.problem);
      if (done) expect(done.counts.restored + done.counts.failed + done.counts.left).toBe(done.counts.selected);
      if (random.fraction() < 0.5) progress.losePower(random.fraction());
      isOver = done !== null && done.counts.restored === done.counts.selected;
    }
    const times = some(count).map(({ body }) => to.sent().filter((sent) => sent.body === body).length);
    expect(Math.min(...times)).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThanOrEqual(lives);
  };
  const drawn = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 60 }), fc.constantFrom(0.01, 0.05, 0.2));
  await fc.assert(
    fc.asyncProperty(drawn, ([seed, count, chance]) => history(seed, count, chance)),
    { numRuns: 100, seed: 7 },
  );
});
