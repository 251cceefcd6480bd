import { bodySha256 } from '../../src/core/dead-letter';
import { createPipeline } from '../../src/pipeline';
import type { Outside } from '../../src/steps/outside';
import { resources } from '../../src/resources';
import { limits } from '../../src/core/limits';
import { feedMessage, noon } from '../factories';
import { awaitOn, memoryOutside, type MemoryOutside, messageOf, registry, settings } from '../outside';

/* A message that is neither admitted nor refused comes again; if it never ends, SQS moves it, without a story. The table has one. */

const canary = 'canary-4912';
const body = JSON.stringify(feedMessage({ conversation: canary }));

const receivedTimes = (receiveCount: number, text = body) => messageOf(text, { id: `message-${receiveCount}`, receiveCount });

const admit = async (outside: Outside & Pick<MemoryOutside, 'clock'>, ...receiveCounts: readonly number[]) => {
  const messages = receiveCounts.map((count) => receivedTimes(count));
  return awaitOn(outside, createPipeline(outside, settings).admit(messages, 0));
};

const buggy: Outside['registry'] = {
  ...registry,
  validate: () => {
    throw new TypeError(`Cannot read properties of ${canary}`);
  },
};

const noAnswer = (): Promise<never> => Promise.reject(new Error(`no answer about ${canary}`));
const newestNote = ({ table }: MemoryOutside) => table.failureNotes().at(-1);

test('what a message fails with is noted under the hash of its body, with its story, no reason and no value', async () => {
  const outside = memoryOutside();
  expect(await admit({ ...outside, registry: buggy }, 10)).toEqual([]);
  const note = newestNote(outside);
  expect(note?.bodySha256).toBe(bodySha256(body));
  expect(note?.attributes).toEqual({
    'tidemark-detail': expect.stringMatching(/^TypeError at /) as string,
    'tidemark-step': 'validate',
    'tidemark-at': new Date(noon).toISOString(),
    'tidemark-sent-at': new Date(noon).toISOString(),
    'tidemark-receive-count': '10',
    'tidemark-message-id': 'message-10',
    'tidemark-by': 'tidemark/test',
  });
  expect(JSON.stringify(outside.table.failureNotes())).not.toContain(canary);
});

test('a message that kills its worker has a note from before', async () => {
  const outside = memoryOutside();
  const dying: Outside['registry'] = {
    ...registry,
    validate: () => {
      expect(newestNote(outside)?.attributes['tidemark-detail']).toBe(
        'Received 998 times. If nothing newer is noted, its worker died or hung over it each time.',
      );
      throw new Error('no worker gets further than this');
    },
  };
  await admit({ ...outside, registry: dying }, 998);
  expect.assertions(1);
});

test.each<[string, string, (outside: MemoryOutside) => Outside['table']]>([
  ['a write that the table refuses', 'buffer', ({ table }) => ({ ...table, writeEvents: noAnswer })],
  ['heads that cannot be read', 'buffer', ({ table }) => ({ ...table, readHeads: noAnswer })],
  ['a head that cannot be updated', 'buffer', ({ table }) => ({ ...table, updateHead: noAnswer })],
])('what the outside failed with is noted, too: %s', async (_, step, broken) => {
  const outside = memoryOutside();
  expect(await admit({ ...outside, table: broken(outside) }, 999)).toEqual([]);
  expect(newestNote(outside)?.attributes).toMatchObject({
    'tidemark-step': step,
    'tidemark-detail': expect.stringMatching(/^Error at /) as string,
  });
  expect(JSON.stringify(outside.table.failureNotes())).not.toContain(canary);
});

test('a refused message that cannot be set aside says so, and its neighbour says its own', async () => {
  const outside = memoryOutside();
  const { admit: admitBatch } = createPipeline(
    { ...outside, deadLetters: { setAside: noAnswer }, redrives: { note: noAnswer } },
    settings,
  );
  const history = { first: 'a', times: 1, job: 'job', letter: 'a' };
  const messages = [receivedTimes(100, 'no JSON'), { ...receivedTimes(1_000), history }];
  expect(await awaitOn(outside, admitBatch(messages, 0))).toEqual([]);
  const steps = new Map(
    outside.table.failureNotes().map(({ bodySha256: hash, attributes }) => [hash, attributes['tidemark-step']]),
  );
  expect(steps.get(bodySha256('no JSON'))).toBe('set-aside');
  expect(steps.get(bodySha256(body))).toBe('redrive');
});

test('notes are few: at the tenth receive, the hundredth and the last three, and of nothing that comes once', async () => {
  const outside = memoryOutside();
  const noted = async (receiveCount: number): Promise<boolean> => {
    const before = outside.table.failureNotes().length;
    await admit({ ...outside, registry: buggy }, receiveCount);
    await outside.clock.advance(1);
    return outside.table.failureNotes().length > before;
  };
  const counts = [1, 2, 9, 10, 11, 20, 99, 100, 101, 500, 997, 998, 999, 1_000];
  const answers: boolean[] = [];
  for (const count of counts) answers.push(await noted(count));
  expect(counts.filter((_, index) => answers[index])).toEqual([10, 100, 998, 999, 1_000]);
  expect(outside.metrics.sum('MessagesFailing')).toBe(11);
  expect(outside.metrics.sum('MessagesGivenUp')).toBe(1);
});

test('the last receives are those that our queue allows', () => {
  expect(resources().intakeQueue.maxReceiveCount).toBe(limits.receives);
});

test('a note that cannot be written holds nothing up and fails nothing', async () => {
  const outside = memoryOutside();
  const hanging = { ...outside.table, putFailureNote: () => new Promise<never>(() => undefined) };
  const beganMs = outside.clock.nowMs();
  expect(await admit({ ...outside, table: hanging }, 10, 1)).toHaveLength(2);
  expect(outside.clock.nowMs() - beganMs).toBe(2_000);
  const refusing = { ...outside.table, putFailureNote: noAnswer };
  expect(await admit({ ...outside, table: refusing }, 100)).toHaveLength(1);
});
