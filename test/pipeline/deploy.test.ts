import type { JsonObject } from '../../src/core/json';
import { createSchemaRegistry, type SchemaRegistry } from '../../src/core/schema-registry';
import { createPipeline } from '../../src/pipeline';
import type { PipelineSettings } from '../../src/steps/outside';
import { feedMessage, minute } from '../factories';
import { changed, newestOf, only, withoutSubject, withVersions } from '../grown-registry';
import { ended, second, settings, setUp, started } from './world';

/*
 * Two workers over one table: an old one, and a new one that knows a version more. In version 1, acw told `wrapupSeconds`; in
 * version 2 that is `wrapupDurationMs`, which the mapper reads.
 */

const topic = (type: string): string => `v2.detail.events.conversation.${type}`;
const acw = topic('acw');
const subjects = [
  ...[acw, topic('customer.start'), topic('customer.end'), topic('flow.outcome'), 'envelope.eventbridge'],
  ...['tidemark.record', 'tidemark.execution-input', 'tidemark.event'],
];

const inMs = newestOf(acw);
const inSeconds = changed(inMs, ['wrapupDurationMs'], { wrapupSeconds: { type: 'integer' } });
const build = (versions: readonly JsonObject[], steps: Parameters<typeof createSchemaRegistry>[1]): SchemaRegistry =>
  createSchemaRegistry(only(subjects, withVersions(acw, versions)), steps);

const oldRegistry = build([inSeconds], {});
const newRegistry = build([inSeconds, inMs], {
  [acw]: { 1: ({ wrapupSeconds, ...rest }) => ({ ...rest, wrapupDurationMs: Number(wrapupSeconds) * 1_000 }) },
});
const registryWithoutIt = createSchemaRegistry(only(subjects, withoutSubject(acw)), {});

const work = (at: number, body: JsonObject): JsonObject => feedMessage({ type: 'acw', at, body });
const inOldShape = work(minute(1.2), { wrapupSeconds: 7 });
const inNewShape = work(minute(1.3), { wrapupDurationMs: 5_000 });
const later = feedMessage({ type: 'flow.outcome', at: minute(2) });
const hold = settings.holdMs;
const quarter = 900 * second;

const deploy = (old: SchemaRegistry = oldRegistry, changedSettings: Partial<PipelineSettings> = {}) => {
  const world = setUp({ registry: old }, undefined, changedSettings);
  const all = { ...settings, ...changedSettings };
  const workers = {
    old: world.pipeline,
    new: createPipeline({ ...world.outside, registry: newRegistry }, all),
  };
  let count = 0;
  const message = (body: object, sentAtMs: number) => {
    const id = String((count += 1));
    return { id, body: JSON.stringify(body), sentAtMs, receiveCount: 1, handle: id };
  };
  type Who = keyof typeof workers;
  const admit = (who: Who, sentAtMs: number, ...bodies: readonly object[]) =>
    workers[who].admit(
      bodies.map((body) => message(body, sentAtMs)),
      0,
    );
  const close = async (who: Who, watermarkMs: number): Promise<string> => {
    const [due] = await world.memory.findDue('Q#000', watermarkMs, 1);
    return due ? workers[who].close(due, watermarkMs) : 'not due';
  };
  return { ...world, admit, close };
};

describe('a window that holds events of two versions', () => {
  test('is put together by a new worker from all of them, and says which versions they are', async () => {
    const { admit, close, records } = deploy();
    await admit('old', 0, started, inOldShape, ended);
    await admit('new', 0, inNewShape);
    expect(await close('new', hold)).toBe('closed');
    expect(records()).toMatchObject([{ status: 'final', metrics: { afterCallWorkMs: 12_000 }, anomalies: [] }]);
    expect(records()[0]!.producedBy.subjects[acw]).toEqual([1, 2]);
  });

  test('says the same of an event in the new shape that an old worker took for one of the version it knows', async () => {
    const { admit, close, records } = deploy();
    await admit('old', 0, started, inNewShape, ended);
    await close('new', hold);
    expect(records()).toMatchObject([{ metrics: { afterCallWorkMs: 5_000 }, producedBy: { subjects: { [acw]: [1] } } }]);
  });

  test('is the same whichever worker admits what was sent in the old shape', async () => {
    const contents = await Promise.all(
      (['old', 'new'] as const).map(async (who) => {
        const { admit, close, records } = deploy();
        await admit(who, 0, started, inOldShape, ended);
        await close('new', hold);
        return records()[0]!.contentHash;
      }),
    );
    expect(contents[0]).toBe(contents[1]);
  });

  test('publishes each of them as it came, with the version that it was stored under', async () => {
    const world = deploy(oldRegistry, { publishEvents: true });
    await world.admit('old', 0, started, inOldShape, ended);
    await world.close('new', hold);
    const events = world.topic.published().map(({ message }) => JSON.parse(message) as JsonObject);
    expect(events.find(({ subject }) => subject === acw)).toMatchObject({ schemaVersion: 1, body: { wrapupSeconds: 7 } });
  });
});

describe.each([
  ['a version', oldRegistry],
  ['a type', registryWithoutIt],
])('an old worker that meets an event of %s that it does not know', (_what, old) => {
  test('puts no record of its window, and leaves it to a new one, which loses nothing', async () => {
    const { admit, close, records, head, stateMachine } = deploy(old);
    await admit('new', 0, started, inNewShape, ended);
    expect(await close('old', hold)).toBe('left');
    expect(records()).toEqual([]);
    expect(head()).toMatchObject({ state: 'open', dueAt: hold + 30 * second, attempts: 0, ending: 0 });
    expect(head()).not.toHaveProperty('token');
    expect(await close('old', hold + 30 * second)).toBe('left');
    expect(await close('new', hold + 60 * second)).toBe('closed');
    expect(records()).toMatchObject([{ revision: 1, pane: 'on_time', metrics: { afterCallWorkMs: 5_000 } }]);
    expect(stateMachine.executions().size).toBe(1);
  });

  test('makes no early record of it either', async () => {
    const { admit, close, records } = deploy(old, { emitPartialEveryMs: 60 * second });
    await admit('new', 0, started, inNewShape);
    expect(await close('old', 60 * second)).toBe('left');
    expect(records()).toEqual([]);
    expect(await close('new', 90 * second)).toBe('left');
    expect(records()).toMatchObject([{ pane: 'early', metrics: { afterCallWorkMs: 5_000 } }]);
  });

  test('takes nothing away again from a conversation that a new one has closed', async () => {
    const { admit, close, records } = deploy(old);
    await admit('new', 0, started, inNewShape, ended);
    await close('new', hold);
    await admit('old', 100 * second, later);
    expect(await close('old', 100 * second + hold)).toBe('left');
    expect(await close('new', 130 * second + hold)).toBe('closed');
    expect(records()).toMatchObject([{ revision: 1 }, { revision: 2, eventCount: 4, metrics: { afterCallWorkMs: 5_000 } }]);
  });

  test('leaves it for a while only: after a quarter of an hour the deploy was taken back, and what it knows must do', async () => {
    const { admit, close, records } = deploy(old);
    await admit('new', 0, started, inNewShape, ended);
    expect(await close('old', quarter - 1)).toBe('left');
    expect(await close('old', quarter)).toBe('closed');
    expect(records()).toMatchObject([{ revision: 1, status: 'final', eventCount: 3 }]);
    expect(records()[0]!.lifecycle.map(({ action }) => action)).toContain('acw');
  });

  test('sends a record all the same that a new one has put', async () => {
    const world = deploy(old);
    await world.admit('new', 0, started, inNewShape, ended);
    const start = jest.spyOn(world.stateMachine, 'start').mockRejectedValueOnce(new Error('throttled'));
    expect(await world.close('new', hold)).toBe('failed');
    start.mockRestore();
    await world.clock.advance(60 * second);
    const [due] = await world.memory.findDue('W#000', world.clock.nowMs(), 1);
    expect(await world.pipeline.close(due!, hold)).toBe('closed');
    expect(world.stateMachine.executions().size).toBe(1);
    expect(world.records()).toMatchObject([{ metrics: { afterCallWorkMs: 5_000 } }]);
  });
});

describe('what an old worker said of a conversation without knowing all of its events', () => {
  test('stands, though new workers come, until the conversation is heard of again; then the next revision says it all', async () => {
    const { admit, close, records } = deploy(registryWithoutIt);
    await admit('new', 0, started, inNewShape, ended);
    await close('old', quarter);
    expect(records()).toMatchObject([{ metrics: { afterCallWorkMs: null } }]);
    await admit('new', quarter, inNewShape);
    expect(await close('new', quarter + hold)).toBe('closed');
    expect(records()).toHaveLength(1);
    await admit('new', 2 * quarter, later);
    expect(await close('new', 2 * quarter + hold)).toBe('closed');
    expect(records()[1]).toMatchObject({ revision: 2, metrics: { afterCallWorkMs: 5_000 } });
    expect(records()[1]!.changed).toContain('metrics');
  });
});
