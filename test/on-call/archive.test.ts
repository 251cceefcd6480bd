import fc from 'fast-check';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { archiveLetters } from '../../src/on-call/archive';
import { type Archive, openArchive } from '../../src/on-call/archive-file';
import { type ArchivedLetter, readArchiveLine } from '../../src/on-call/archive-line';
import type { LineFile } from '../../src/on-call/line-file';
import type { Select } from '../../src/on-call/select';
import type { LetterQueue } from '../../src/ports-on-call';
import { memoryLetterQueue, type NewLetter } from '../memory/letter-queue';
import { memoryLineFile } from '../memory/line-file';
import { mortal, mortalQueue } from './mortal';

const clock = virtualClock();
const hideSeconds = 60;
const nobody = { soft: new AbortController().signal, hard: new AbortController().signal };
const options = { hideSeconds, stop: nobody };

const all: Select = (_, letters) => Promise.resolve(letters);

const opened = async (file: LineFile): Promise<Archive> => {
  const archive = await openArchive(file);
  if ('problem' in archive) throw new Error(archive.problem);
  return archive;
};

const lettersIn = (content: string): readonly ArchivedLetter[] =>
  content
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const letter = readArchiveLine(line);
      if ('problem' in letter) throw new Error(letter.problem);
      return letter;
    });

const archiveAll = async (queue: LetterQueue, file: LineFile, select = all) =>
  archiveLetters([queue], await opened(file), select, options);

const queueOf = (letters: readonly NewLetter[]) => {
  const queue = memoryLetterQueue({ clock });
  for (const letter of letters) queue.send(letter);
  return queue;
};

const some = (count: number): readonly NewLetter[] => Array.from({ length: count }, (_, n) => ({ body: `body ${n} été\u2028` }));

test('letters that are asked for are in the file, byte for byte, and out of the queue; all others stay', async () => {
  const attributes = { 'tidemark-reason': 'invalid', other: 'Ünicode\n🚀' };
  const queue = queueOf([
    { body: '{"a": 1.0}\r\n', attributes, sentAtMs: 17, receiveCount: 3, movedFromArn: 'arn:x' },
    ...some(30),
  ]);
  const file = memoryLineFile();
  const { counts, because } = await archiveAll(queue, file, (_, letters) =>
    Promise.resolve(letters.filter(({ body }) => body.startsWith('{'))),
  );
  expect([counts, because]).toEqual([{ selected: 1, archived: 1, failed: 0, left: 0 }, null]);
  expect(lettersIn(file.durable())).toEqual([
    expect.objectContaining({
      ...{ place: 'worker', queueUrl: queue.url, id: 'letter-1', body: '{"a": 1.0}\r\n', attributes },
      ...{ sentAtMs: 17, receiveCount: 4, movedFromArn: 'arn:x' },
    }),
  ]);
  expect(await queue.count()).toEqual({ visible: 30, hidden: 0 });
});

test('with the same file it goes on: what is in it already is only removed', async () => {
  const queue = queueOf(some(25));
  const file = memoryLineFile();
  const stuck: LetterQueue = { ...queue, remove: () => Promise.resolve([]) };
  const first = await archiveAll(stuck, file);
  expect(first.counts).toEqual({ selected: 25, archived: 0, failed: 25, left: 0 });
  expect(first.outcomes[0]).toEqual({ id: 'letter-1', outcome: 'failed: in the file, and still in the queue' });
  const { counts } = await archiveAll(queue, file);
  expect(counts).toEqual({ selected: 25, archived: 25, failed: 0, left: 0 });
  expect(lettersIn(file.durable()).map(({ id }) => id)).toHaveLength(25);
  expect(queue.lying()).toEqual([]);
});

test('a disk that is full stops it: nothing leaves the queue that is not in the file, and all is shown again', async () => {
  const queue = queueOf(some(35));
  let room = 4_000;
  const file = memoryLineFile({ noRoom: (bytes) => (bytes <= room ? ((room -= bytes), null) : room) });
  const { counts, because, outcomes } = await archiveAll(queue, file);
  expect(because).toBe('letters.jsonl could not be written: ENOSPC');
  expect(counts.archived).toBeGreaterThan(0);
  expect(counts.archived + counts.failed + counts.left).toBe(counts.selected);
  expect(outcomes).toContainEqual({ id: expect.any(String) as string, outcome: 'failed: not written: ENOSPC' });
  expect(lettersIn(file.content())).toHaveLength(counts.archived);
  expect(await queue.count()).toEqual({ visible: 35 - counts.archived, hidden: 0 });
});

test('a letter that would lose some of its attributes stays where it is', async () => {
  const queue = queueOf([{ body: 'a', attributesLost: true }, { body: 'b' }]);
  const file = memoryLineFile();
  const { counts, outcomes } = await archiveAll(queue, file);
  expect(counts).toEqual({ selected: 2, archived: 1, failed: 1, left: 0 });
  expect(outcomes).toContainEqual({ id: 'letter-1', outcome: expect.stringContaining('would lose them') as string });
  expect(queue.lying()).toMatchObject([{ body: 'a' }]);
});

test('whoever stops it finds the counts of what was done', async () => {
  const queue = queueOf(some(40));
  const soft = new AbortController();
  const file = memoryLineFile();
  const select: Select = (_, letters) => {
    soft.abort();
    return Promise.resolve(letters);
  };
  const stop = { ...nobody, soft: soft.signal };
  const { counts, because } = await archiveLetters([queue], await opened(file), select, { ...options, stop, atOnce: 1 });
  expect([counts, because]).toEqual([{ selected: 10, archived: 10, failed: 0, left: 0 }, 'somebody stopped it']);
  expect(await queue.count()).toEqual({ visible: 30, hidden: 0 });
});

test('a queue that may not be read is an error, unless something was done before', async () => {
  const queue = queueOf(some(15));
  const refused = () => Promise.reject(new RangeError('No.'));
  await expect(archiveAll({ ...queue, receive: refused }, memoryLineFile())).rejects.toThrow('No.');
  let receives = 0;
  const half: LetterQueue = { ...queue, receive: (seconds) => (receives++ === 0 ? queue.receive(seconds) : refused()) };
  const { counts, because } = await archiveAll(half, memoryLineFile());
  expect([counts.archived, because]).toEqual([10, 'letters could not be read: RangeError']);
});

describe('a file', () => {
  const sound = async (): Promise<string> => {
    const file = memoryLineFile();
    await archiveAll(queueOf(some(3)), file);
    return file.content();
  };
  const open = (content: string) => {
    const file = memoryLineFile();
    file.put(content);
    return { file, opening: openArchive(file) };
  };

  test.each([
    ['of something else', 'Dear diary\n', 'line 1: expected an archived letter'],
    ['of one line of something else', 'Dear diary', 'line 1: expected an archived letter'],
    ['of another layout', '{"layout":2,"id":"x"}\n', 'line 1: expected layout 1, got 2'],
  ])('%s is not touched', async (_, content, problem) => {
    const { file, opening } = open(content);
    expect(await opening).toEqual({ problem: expect.stringContaining(`letters.jsonl, ${problem}`) as string });
    expect(file.content()).toBe(content);
  });

  test('with a line that was changed is not touched, and the line is named', async () => {
    const content = (await sound()).replace('body 1', 'body 7');
    const { file, opening } = open(content);
    expect(await opening).toEqual({ problem: expect.stringContaining('line 2: expected what its hash was made of') as string });
    expect(file.content()).toBe(content);
  });

  test.each([1, 20, 300])('whose last line is torn %d bytes before its end loses that line alone', async (missing) => {
    const content = await sound();
    const { file, opening } = open(content.slice(0, -1 - missing));
    expect(await opening).toMatchObject({ letters: 2, wasTorn: true });
    expect(file.content()).toBe(content.split('\n').slice(0, 2).join('\n') + '\n');
  });

  test('that holds nothing but a torn line is ours, and empty', async () => {
    for (const start of ['{', '{"layout":1', '{"layout":1,"place":"wor']) {
      const { file, opening } = open(start);
      expect(await opening).toMatchObject({ letters: 0, wasTorn: true });
      expect(file.content()).toBe('');
    }
  });

  test('whose last line is whole keeps it, line end or not', async () => {
    const content = await sound();
    const { file, opening } = open(content.slice(0, -1));
    expect(await opening).toMatchObject({ letters: 3, wasTorn: false });
    expect(file.content()).toBe(content);
  });
});

test('killed at any call, and with the power lost, no letter is ever in neither queue nor file; in the end all are in the file, each once', async () => {
  const history = async (seed: number, count: number, chance: number): Promise<void> => {
    const random = seededRandom(seed);
    const queue = memoryLetterQueue({ clock, random, notRemoved: (letters) => letters.filter(() => random.fraction() < 0.1) });
    const bodies = some(count).map(({ body }) => body);
    for (const body of bodies) queue.send({ body });
    let step: (() => Promise<void>) | null = null;
    const file = memoryLineFile({ beforeSync: () => step?.() ?? Promise.resolve() });
    const witness = (): void => {
      const safe = new Set([...queue.lying(), ...lettersIn(file.durable())].map(({ body }) => body));
      expect(bodies.filter((body) => !safe.has(body))).toEqual([]);
    };
    for (let life = 0; queue.lying().length > 0; life++) {
      const process = mortal(random, life < 30 ? chance : 0, witness);
      step = () => process.step(() => Promise.resolve());
      const archived = await process.live(() => archiveAll(mortalQueue(queue, process), file));
      if (archived) {
        const { selected, archived: done, failed, left } = archived.counts;
        expect(done + failed + left).toBe(selected);
      }
      step = null;
      if (random.fraction() < 0.5) file.losePower(random.fraction());
      witness();
      await clock.advance(hideSeconds * 1_000);
    }
    const kept = lettersIn(file.content()).map(({ body }) => body);
    expect(kept.toSorted()).toEqual(bodies.toSorted());
  };
  const drawn = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 60 }), fc.constantFrom(0.01, 0.05, 0.2));
  await fc.assert(
    fc.asyncProperty(drawn, ([seed, count, chance]) => history(seed, count, chance)),
    { numRuns: 100, seed: 7 },
  );
});
