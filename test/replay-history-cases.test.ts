import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markForRebuild } from '../src/core/window-rebuild';
import { type History, readHistory, writeHistory } from '../src/core/on-call/history-script';
import { createSchemaRegistry } from '../src/core/schema-registry';
import { silentLog } from '../src/log';
import { exportHistory } from '../src/on-call/export-history';
import { type HistoryReplayed, replayHistory } from '../src/replay-history';
import { readSchemaFiles } from '../src/schema-files';
import { holdAgainstAnalytics } from '../src/steps/hold-against-analytics';
import { mapperOf } from '../src/steps/reconstruct';
import { detailEnvelope, endMarkMessage, feedMessage, minute } from './factories';
import { memoryConversationReader } from './memory/conversation-reader';
import { registry as shipped } from './outside';
import { ended, outcome, second, settings, setUp, started } from './pipeline/world';

type World = ReturnType<typeof setUp>;

/** What stands of a conversation in a world, exported and read again. */
const historyOf = async ({ memory, outside, clock }: World, conversation = 'conversation-1'): Promise<History> => {
  const stored = await memoryConversationReader(memory).read(conversation);
  const history = exportHistory(stored, { program: 'test', nowMs: clock.nowMs(), mapperOf: mapperOf(outside.registry) });
  return readHistory(writeHistory(history))!;
};

const replay = ({ outside }: World, history: History): Promise<HistoryReplayed> =>
  replayHistory(history, { registry: outside.registry, settings, log: silentLog });

const expectTheSame = async (world: World, revisions: number): Promise<History> => {
  const history = await historyOf(world);
  const { records, differences } = await replay(world, history);
  expect(differences).toEqual([]);
  expect(records.map((one) => JSON.stringify(one))).toEqual(world.records().map((one) => JSON.stringify(one)));
  expect(records).toHaveLength(revisions);
  return history;
};

/** A call with its record, and a late event with another. */
const twoRevisions = async (world: World): Promise<World> => {
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  await world.clock.advance(200 * second);
  await world.admit(100 * second, outcome);
  await world.closeDue(300 * second);
  return world;
};

describe('what is exported is replayed byte for byte', () => {
  test('of an end mark alone', async () => {
    const world = setUp();
    await world.admit(0, endMarkMessage());
    await world.closeDue(45 * second);
    await expectTheSame(world, 1);
  });

  test('of detail envelopes', async () => {
    const world = setUp();
    await world.admit(0, detailEnvelope([{ sequence: 1, data: { status: 'connected' } }], { conversation: 'conversation-1' }));
    await world.admit(0, detailEnvelope([{ at: minute(1), data: { status: 'disconnected' } }], { at: minute(1), conversation: 'conversation-1' })); // prettier-ignore
    await world.closeDue(400 * second);
    await expectTheSame(world, 1);
  });

  test('with attached events, those that came late, too', async () => {
    const files = readSchemaFiles().map((file) => {
      const manifest = { action: 'attach', reads: { conversationId: 'conversationId', eventTime: 'eventTime' } };
      const isAcw = file.path === 'v2.detail.events.conversation.acw/subject.json';
      return isAcw ? { ...file, content: { ...(file.content as object), ...manifest } } : file;
    });
    const noted = (notes: string, at: number): object =>
      feedMessage({ type: 'acw', at: minute(at), body: { wrapupNotes: notes } });
    const world = setUp({ registry: createSchemaRegistry(files) });
    await world.admit(0, started, ended, noted('second', 3), noted('first', 2));
    await world.closeDue(45 * second);
    await world.admit(100 * second, outcome, noted('third', 2.5));
    await world.closeDue(300 * second);
    expect(world.records().map(({ attached = [] }) => attached.length)).toEqual([2, 3]);
    await expectTheSame(world, 2);
  });

  test('with a correction out of Genesys’s analytics', async () => {
    const world = setUp();
    await world.clock.advance(Math.max(0, minute(1) - world.clock.nowMs()));
    await world.admit(world.clock.nowMs(), started, ended);
    await world.clock.advance(50 * second);
    await world.closeDue(world.clock.nowMs());
    const iso = (ms: number): string => new Date(ms).toISOString();
    const call = { conversationId: 'conversation-1', conversationStart: iso(minute(0)), conversationEnd: iso(minute(3)) };
    const held = holdAgainstAnalytics(world.outside, settings)([call], new AbortController().signal);
    await world.clock.advance(60 * second);
    expect(await held).toMatchObject({ compared: 1, differed: 1 });
    await world.closeDue(world.clock.nowMs() + 400 * second);
    expect(world.records()[1]).toMatchObject({ revision: 2, corrections: [{ field: 'endedAt' }] });
    await expectTheSame(world, 2);
  });

  test('with messages that were moved back, which it says', async () => {
    const world = await twoRevisions(setUp());
    const body = JSON.stringify(feedMessage({ type: 'attributes', at: minute(1.2) }));
    await world.pipeline.admit([{ id: 'm', body, sentAtMs: 400 * second, receiveCount: 1, handle: 'm', redriven: true }], 0);
    await world.closeDue(600 * second);
    const { steps } = await expectTheSame(world, 3);
    expect(steps.filter((step) => step.step === 'arrive' && step.redriven)).toHaveLength(1);
  });

  test('of facts whose carriers named the organisation sometimes: of each record the copies that were there then', async () => {
    const bare = (message: object): object => (message as { readonly detail: object }).detail;
    const orgIds = async (steps: (world: World) => Promise<void>): Promise<readonly (string | null)[]> => {
      const world = setUp();
      await steps(world);
      await expectTheSame(world, 2);
      return world.records().map(({ orgId }) => orgId);
    };
    const late = async (world: World, sentAtMs: number, ...more: readonly object[]): Promise<void> => {
      await world.closeDue(60 * second);
      await world.clock.advance(200 * second);
      await world.admit(sentAtMs, ...more, bare(outcome));
      await world.closeDue(400 * second);
    };
    const named = expect.any(String) as unknown;
    expect(
      await orgIds(async (world) => {
        await world.admit(0, bare(started), bare(ended));
        await late(world, 100 * second, started);
      }),
    ).toEqual([null, named]);
    expect(
      await orgIds(async (world) => {
        await world.admit(0, bare(started), bare(ended));
        await world.admit(second, started);
        await late(world, 100 * second);
      }),
    ).toEqual([named, named]);
  });

  test('of two lives, where a head was forgotten', async () => {
    const world = setUp();
    await world.admit(0, started, ended);
    await world.closeDue(45 * second);
    world.memory.expire(Infinity, ({ sk }) => sk === 'W');
    await world.clock.advance(200 * second);
    await world.admit(100 * second, outcome);
    await world.closeDue(8_000 * second);
    expect(new Set(world.records().map(({ life }) => life)).size).toBe(2);
    await expectTheSame(world, 2);
  });

  test('of a rebuilt record, behind the older one that it corrects: only that one is said to differ', async () => {
    const world = await twoRevisions(setUp());
    const [first] = world.memory.records();
    const head = world.head()!;
    const older = {
      ...world.memory.records()[1]!,
      record: { ...world.records()[1]!, queueIds: ['another'], contentHash: 'older' },
    };
    world.memory.expire(Infinity, ({ sk }) => sk.startsWith('R#') && !sk.endsWith('9999'));
    await world.memory.putRecord(older, Infinity);
    await world.memory.updateHead(markForRebuild(settings, head, { mode: 'records', id: 'a', watermarkMs: 0 }, 0)!);
    await world.closeDue(600 * second);
    expect(world.records().map(({ revision }) => revision)).toEqual([1, 2, 3]);
    const { records, differences } = await replay(world, await historyOf(world));
    expect(differences.map(({ revision }) => revision)).toEqual([2]);
    expect(records[2]).toEqual(world.records()[2]);
    expect(first!.record.revision).toBe(1);
  });
});

describe('what does not come out as it was', () => {
  test('is said by field, once: the next record is held against the one that was', async () => {
    const world = await twoRevisions(setUp());
    const history = await historyOf(world);
    const steps = history.steps.map((step) =>
      step.step === 'close' && step.record.revision === 1 ? { ...step, record: { ...step.record, eventCount: 7 } } : step,
    );
    const { differences } = await replay(world, { ...history, steps });
    expect(differences).toEqual([
      { life: expect.any(String) as unknown, revision: 1, fields: [{ path: 'eventCount', before: 7, now: 2 }] },
    ]);
  });

  test('for want of an event that has expired shows in the records that were made of it', async () => {
    const world = await twoRevisions(setUp());
    const isEnd = (sk: string): boolean => sk.startsWith('E#') && sk.includes(String(minute(1)));
    world.memory.expire(Infinity, ({ sk }) => isEnd(sk));
    const { differences } = await replay(world, await historyOf(world));
    expect(differences.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(differences[0]!.fields!.map(({ path }) => path)).toEqual(expect.arrayContaining(['status', 'eventCount', 'endedAt']));
  });

  test('because nothing is left to make it of is said, too', async () => {
    const world = await twoRevisions(setUp());
    world.memory.expire(Infinity, ({ sk }) => sk.startsWith('E#'));
    const { records, differences } = await replay(world, await historyOf(world));
    expect([records, differences.map(({ fields }) => fields)]).toEqual([[], [null, null]]);
  });
});

test('a history of another layout, and one with a line that is no step, are refused with the reason', () => {
  const header = { tidemark: 'history', layout: 1 };
  expect(() => readHistory(JSON.stringify({ ...header, layout: 2 }))).toThrow('Expected a history of layout 1, got 2.');
  expect(() => readHistory(`${JSON.stringify(header)}\n\n{"step":"dance"}\n`)).toThrow('in line 3');
  expect(readHistory('{"detail-type":"x"}\n')).toBeNull();
});

test('a history that was exported says today what it said then, whoever makes it', async () => {
  const history = readHistory(readFileSync(join(__dirname, 'samples', 'history.jsonl'), 'utf8'))!;
  const { records, differences } = await replayHistory(history, { registry: shipped, settings, log: silentLog });
  expect(records.map(({ revision, pane, eventCount }) => [revision, pane, eventCount])).toEqual([
    [1, 'on_time', 4],
    [2, 'late', 5],
  ]);
  const fields = differences.flatMap(({ fields: some }) => (some ?? []).map(({ path }) => path));
  // A new version of a mapper is named in a record, and in its hash.
  expect(fields.filter((path) => !/^(producedBy\.|contentHash$)/.test(path))).toEqual([]);
});
