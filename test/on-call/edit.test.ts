import fc from 'fast-check';
import type { AuditedOutcome } from '../../src/core/on-call/audit';
import { readHistory } from '../../src/core/on-call/redrive-history';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { openArchive } from '../../src/on-call/archive-file';
import { readArchiveLine } from '../../src/on-call/archive-line';
import { type Edit, performEdit, prepareEdit } from '../../src/on-call/edit';
import type { LineFile } from '../../src/on-call/line-file';
import type { LetterDestination, LetterQueue } from '../../src/ports-on-call';
import { endMarkMessage } from '../factories';
import { memoryLetterDestination, memoryLetterQueue, type NewLetter } from '../memory/letter-queue';
import { memoryLineFile } from '../memory/line-file';
import { registry } from '../outside';
import { mortal, mortalDestination, mortalQueue } from './mortal';

const clock = virtualClock();
const mended = JSON.stringify(endMarkMessage());
const broken = JSON.stringify({ ...endMarkMessage(), detail: {} });

const prepare = async (
  queue: LetterQueue,
  to: LetterDestination | null,
  body = mended,
  allowed: readonly string[] | null = null,
) => {
  const [letter] = await queue.receive(60);
  if (!letter) throw new Error('Expected a letter.');
  return prepareEdit({ registry, allowedSources: allowed, destinationOf: () => to }, { queue, letter, body });
};

const queueOf = (letter: NewLetter, place: 'worker' | 'subscription' = 'worker') => {
  const queue = memoryLetterQueue({ clock, place });
  queue.send(letter);
  return queue;
};

const sound = (edit: Awaited<ReturnType<typeof prepare>>): Edit => {
  if ('problem' in edit) throw new Error(edit.problem);
  return edit;
};

const perform = async (edit: Edit, file: LineFile, note: (outcomes: readonly AuditedOutcome[]) => Promise<void>) => {
  const keep = await openArchive(file);
  if ('problem' in keep) throw new Error(keep.problem);
  return performEdit(edit, keep, { operation: '0123456789abcdef', note });
};

const noNote = () => Promise.resolve();

test('places that differ are named, and none of what stands there', async () => {
  const edit = sound(await prepare(queueOf({ body: broken }), memoryLetterDestination()));
  expect(edit.changed).toEqual([
    { path: '$.detail.conversationId', how: 'added' },
    { path: '$.detail.timestamp', how: 'added' },
  ]);
  expect(JSON.stringify(edit.changed)).not.toContain('conversation-1');
  expect(edit.events).toBe(1);
});

test('the letter is kept as it was, the new body goes on its way with its history, both are noted, and then the letter is gone', async () => {
  const attributes = { 'tidemark-reason': 'invalid', other: 'x' };
  const queue = queueOf({ body: broken, attributes });
  const [to, file, noted] = [memoryLetterDestination(), memoryLineFile(), [] as AuditedOutcome[]];
  const edit = sound(await prepare(queue, to));
  const { counts, outcomes } = await perform(edit, file, (some) => Promise.resolve(void noted.push(...some)));
  expect([counts, outcomes]).toEqual([{ sent: 1, removed: 1 }, [{ id: 'letter-1', outcome: 'removed' }]]);
  expect(readArchiveLine(file.durable().trimEnd())).toMatchObject({ id: 'letter-1', body: broken, attributes });
  const [sent] = to.sent();
  expect(sent).toMatchObject({ body: mended, attributes });
  expect(readHistory(sent?.attributes['tidemark-redrive'])).toEqual({
    ...{ first: 'letter-1', times: 1, job: 'edit-0123456789abcdef', letter: 'letter-1', edited: true },
  });
  expect(noted).toEqual([
    { id: 'letter-1', outcome: `sent to queue intake as moved-1: body ${edit.before} became ${edit.after}` },
  ]);
  expect(queue.lying()).toEqual([]);
});

test.each<[string, NewLetter, string, string]>([
  ['that would be refused as well', { body: 'old' }, broken, 'would be refused as well, as invalid: '],
  ['that is no JSON', { body: 'old' }, 'new', 'would be refused as well, as not-json: '],
  ['that is the old one', { body: mended }, mended, 'the new body is the old one'],
  ['of a letter that would lose attributes', { body: 'old', attributesLost: true }, mended, 'would lose them'],
  [
    'that leaves no room for its history',
    { body: 'old', attributes: Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`other-${n}`, 'x'])) },
    mended,
    'leaves no room to say that it was edited',
  ],
])('a body %s is not sent', async (_, letter, body, problem) => {
  const edit = await prepare(queueOf(letter), memoryLetterDestination(), body);
  expect(edit).toEqual({ problem: expect.stringContaining(problem) as string });
});

test('a body of a source that the workers do not take is not sent', async () => {
  const edit = await prepare(queueOf({ body: broken }), memoryLetterDestination(), mended, ['aws.partner/']);
  expect(edit).toEqual({ problem: expect.stringContaining('would be refused as well, as foreign-source') as string });
});

test('what was on its way to a subscriber is not edited', async () => {
  const edit = await prepare(queueOf({ body: 'old' }, 'subscription'), memoryLetterDestination());
  expect(edit).toEqual({ problem: expect.stringContaining('expected one on its way to the workers') as string });
});

test('what the queue does not take stays where it is', async () => {
  const queue = queueOf({ body: broken });
  const edit = sound(await prepare(queue, memoryLetterDestination({ refuses: () => true })));
  const { counts, gone } = await perform(edit, memoryLineFile(), noNote);
  expect([counts, gone]).toEqual([{ sent: 0, removed: 0 }, []]);
  expect(queue.lying()).toHaveLength(1);
});

test('a disk that is full or a trail that cannot be written keeps the letter where it is', async () => {
  const queue = queueOf({ body: broken });
  const to = memoryLetterDestination();
  const edit = sound(await prepare(queue, to));
  await expect(perform(edit, memoryLineFile({ noRoom: () => 5 }), noNote)).rejects.toThrow('No space');
  expect(to.sent()).toEqual([]);
  await expect(perform(edit, memoryLineFile(), () => Promise.reject(new Error('No table.')))).rejects.toThrow('No table.');
  expect(queue.lying()).toHaveLength(1);
});

test('killed at any call, the letter is in its queue, or kept and its new body on its way', async () => {
  const history = async (seed: number, chance: number): Promise<void> => {
    const random = seededRandom(seed);
    const [queue, to] = [queueOf({ body: broken }), memoryLetterDestination()];
    let step: (() => Promise<void>) | null = null;
    const file = memoryLineFile({ beforeSync: () => step?.() ?? Promise.resolve() });
    const witness = (): void => {
      const isKept = file.durable().includes('"sha256"') && to.sent().length > 0;
      expect(queue.lying().length > 0 || isKept).toBe(true);
    };
    for (let life = 0; queue.lying().length > 0; life++) {
      const process = mortal(random, life < 20 ? chance : 0, witness);
      step = () => process.step(noNote);
      const edit = sound(await prepare(queue, mortalDestination(to, process)));
      await process.live(() => perform({ ...edit, queue: mortalQueue(queue, process) }, file, () => process.step(noNote)));
      step = null;
      if (random.fraction() < 0.5) file.losePower(random.fraction());
      witness();
      await clock.advance(60_000);
    }
    expect(new Set(to.sent().map(({ body }) => body))).toEqual(new Set([mended]));
  };
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(0.1, 0.3, 0.5), (seed, chance) => history(seed, chance)),
    { numRuns: 100, seed: 7 },
  );
});
