import { seededRandom } from '../../src/memory/random';
import type { DetailsAnswer } from '../../src/core/genesys-answers';
import type { WindowTable } from '../../src/ports';
import type { PipelineSettings } from '../../src/steps/outside';
import { feedMessage, minute } from '../factories';
import { around, crash, ended, outcome, scripted, second, setUp, started } from './world';

/*
 * Early records every minute; the hold is 45 s, so what ends closes before an early record of it is due:
 *
 *     0 start        60 early        70 end        115 on time        200 late event        245 late
 *     ────┼──────────────┼──────────────┼────────────────┼──────────────────┼───────────────────┼────►
 */
const every = { emitPartialEveryMs: 60 * second };
const settled = feedMessage({ type: 'attributes', session: null, at: minute(0.5) });
const legStarted = feedMessage({ type: 'user.start', session: 'leg', at: minute(3) });
const legEnded = feedMessage({ type: 'user.end', session: 'leg', at: minute(4) });

const panes = (world: ReturnType<typeof setUp>): readonly string[] =>
  world.records().map(({ revision, pane, status }) => `${revision} ${pane} ${status}`);

describe('news of an open conversation', () => {
  test('is told by an early, partial record when it has waited for an interval, and not before', async () => {
    const world = setUp({}, undefined, every);
    await world.admit(0, started);
    expect(await world.closeDue(59 * second)).toEqual([]);
    expect(await world.closeDue(60 * second)).toEqual(['left']);
    expect(panes(world)).toEqual(['1 early partial']);
    expect(world.topic.published()).toHaveLength(1);
    expect(world.head()).toMatchObject({ state: 'open', finished: 1, dueAt: 3_600 * second, attempts: 0, onlyEarly: true });
  });

  test('is told once: without more of it there is no other early record', async () => {
    const world = setUp({}, undefined, every);
    await world.admit(0, started);
    await world.closeDue(60 * second);
    await world.admit(100 * second, started);
    expect(world.head()).toMatchObject({ dueAt: 160 * second });
    expect(await world.closeDue(160 * second)).toEqual(['left']);
    expect(panes(world)).toEqual(['1 early partial']);
    expect(world.head()).toMatchObject({ state: 'open', dueAt: 3_700 * second });
  });

  test('of one interval is told together, and the window is touched once for it', async () => {
    let updates = 0;
    const world = setUp({}, (table) => ({ ...table, updateHead: (update) => ((updates += 1), table.updateHead(update)) }), every);
    await world.admit(0, started);
    await world.admit(10 * second, settled);
    await world.admit(20 * second, legStarted);
    expect(updates).toBe(1);
    await world.closeDue(60 * second);
    expect(world.records()).toMatchObject([{ pane: 'early', eventCount: 3 }]);
  });

  test('is not told moments before the record that closes its window', async () => {
    const world = setUp({}, undefined, every);
    await world.admit(0, started);
    await world.admit(50 * second, ended);
    expect(await world.closeDue(60 * second)).toEqual(['left']);
    expect(world.head()).toMatchObject({ dueAt: 95 * second });
    await world.closeDue(95 * second);
    expect(panes(world)).toEqual(['1 on_time final']);
  });

  test('waits for no look that comes sooner: a hold that moves makes no early record', async () => {
    const world = setUp({}, undefined, every);
    await world.admit(0, started, legStarted);
    await world.admit(5 * second, ended);
    expect(await world.closeDue(50 * second)).toEqual(['left']);
    expect(world.records()).toEqual([]);
    expect(world.head()).toMatchObject({ dueAt: 60 * second });
    await world.closeDue(60 * second);
    expect(panes(world)).toEqual(['1 early partial']);
  });

  test('is told while after-call work is waited for, and the cap of that wait stays where it was', async () => {
    const world = setUp({}, undefined, every);
    const talked = feedMessage({ type: 'user.end', session: 'leg', at: minute(4), body: { interactingDurationMs: 9_000 } });
    await world.admit(0, started, legStarted, talked, ended);
    expect(await world.closeDue(60 * second)).toEqual(['left']);
    expect(world.records()).toMatchObject([{ pane: 'early', status: 'partial', missing: ['acw'] }]);
    expect(world.head()).toMatchObject({ state: 'open', dueAt: 300 * second, ending: 0 });
    await world.closeDue(300 * second);
    expect(panes(world)).toEqual(['1 early partial', '2 on_time final']);
  });
});

describe('an early record', () => {
  test('is followed by the one on time, also where the window gives up with nothing new', async () => {
    const world = setUp({}, undefined, every);
    await world.admit(0, started);
    await world.closeDue(60 * second);
    expect(await world.closeDue(3_600 * second)).toEqual(['closed']);
    expect(panes(world)).toEqual(['1 early partial', '2 on_time partial']);
    expect(world.records()[1]).toMatchObject({ supersedes: 1, changed: [] });
    expect(world.head()).toMatchObject({ state: 'closed', finished: 2 });
    expect(world.head()).not.toHaveProperty('onlyEarly');
  });

  test('of a conversation that came back leaves the next one late, whatever its predecessor was', async () => {
    const world = setUp({}, undefined, every);
    await world.admit(0, started, ended);
    await world.closeDue(45 * second);
    await world.admit(100 * second, legStarted);
    await world.closeDue(145 * second);
    expect(world.head()).toMatchObject({ state: 'open', dueAt: 160 * second });
    await world.closeDue(160 * second);
    await world.admit(200 * second, legEnded);
    await world.closeDue(245 * second);
    expect(panes(world)).toEqual(['1 on_time final', '2 early partial', '3 late final']);
    expect(world.records()[2]).toMatchObject({ supersedes: 2 });
    expect(world.records()[2]!.changed).toEqual(expect.arrayContaining(['status', 'sessions']));
  });

  test('hands nothing off by default, and asks Genesys for nothing', async () => {
    const asked: string[] = [];
    const details = {
      fetch: (ids: readonly string[]) => (asked.push(...ids), Promise.resolve(new Map<string, DetailsAnswer>())),
    };
    const world = setUp({ details }, undefined, every);
    await world.admit(0, started);
    await world.closeDue(60 * second);
    expect([asked, world.stateMachine.executions().size]).toEqual([[], 0]);
  });

  test.each<[DetailsAnswer, string]>([
    [{ kind: 'complete', details: { n: 1 } }, 'complete'],
    [{ kind: 'incomplete', details: {} }, 'incomplete'],
    [{ kind: 'absent' }, 'absent'],
    [{ kind: 'unavailable', why: 'too.many.requests', retryAfterMs: 60_000 }, 'failed'],
    [{ kind: 'refused', why: 'unauthorized' }, 'failed'],
  ])('that is handed off waits for nothing that Genesys may say later: %j', async (answer, callDetailsStatus) => {
    const world = setUp({ details: scripted(answer) }, undefined, { ...every, handoffPolicy: 'every' });
    await world.admit(0, started);
    expect(await world.closeDue(60 * second)).toEqual(['left']);
    const [input] = [...world.stateMachine.executions().values()];
    expect(JSON.parse(input!)).toMatchObject({ callDetailsStatus, record: { pane: 'early' } });
  });
});

describe('an early record whose close is cut short', () => {
  test('is sent by the next close, with the same bytes, and the window goes on as if it had not', async () => {
    const world = setUp({}, around('putRecord', 'after', crash), { ...every, handoffPolicy: 'every' });
    await world.admit(0, started);
    expect(await world.closeDue(60 * second)).toEqual(['failed']);
    await world.clock.advance(300 * second);
    expect(await world.closeDue(61 * second)).toEqual(['closed']);
    expect(world.head()).toMatchObject({ state: 'open', finished: 1, dueAt: 61 * second, onlyEarly: true });
    expect(await world.closeDue(61 * second)).toEqual(['left']);
    expect(world.head()).toMatchObject({ state: 'open', finished: 1, dueAt: 3_600 * second });
    const { outbox } = world.memory.records()[0]!;
    expect([...world.stateMachine.executions()]).toEqual([[outbox.execution!.name, outbox.execution!.input]]);
    expect(world.topic.published()).toEqual([outbox.notification]);
  });

  test('is followed by the one on time where the conversation has ended meanwhile', async () => {
    const world = setUp({}, around('putRecord', 'after', crash), every);
    await world.admit(0, started);
    await world.closeDue(60 * second);
    await world.admit(70 * second, ended);
    await world.clock.advance(300 * second);
    await world.closeDue(115 * second);
    await world.closeDue(115 * second);
    expect(panes(world)).toEqual(['1 early partial', '2 on_time final']);
    expect(world.head()).toMatchObject({ state: 'closed', finished: 2 });
  });

  test('loses no event that came while it was made', async () => {
    let arrive: () => Promise<unknown> = crash;
    const world = setUp({}, around('putRecord', 'before', () => arrive()), every); // prettier-ignore
    arrive = () => world.admit(60 * second, settled);
    await world.admit(0, started);
    await world.closeDue(60 * second);
    expect(world.head()).toMatchObject({ state: 'open', finished: 1, dueAt: 105 * second });
    await world.closeDue(105 * second);
    expect(world.head()).toMatchObject({ state: 'open', dueAt: 120 * second });
    await world.closeDue(120 * second);
    expect(world.records()).toMatchObject([{ eventCount: 1 }, { pane: 'early', eventCount: 2 }]);
  });
});

describe('early records change nothing of what the last record says', () => {
  const legTalked = feedMessage({ type: 'acw', session: 'leg', at: minute(5), body: { wrapupDurationMs: 4_000 } });
  const facts = [started, settled, legStarted, ended, outcome, legEnded, legTalked];

  /** In an order, at times and with lost answers that the seed draws, the same for all settings. */
  const lastHash = async (seed: number, changed: Partial<PipelineSettings>): Promise<string> => {
    const random = seededRandom(seed);
    const bodies = [...facts, ...facts.slice(0, 2)].map((body) => ({ body, at: Math.floor(random.fraction() * 400) }));
    const isLost = Array.from({ length: 400 }, () => random.fraction() < 0.2);
    let calls = 0;
    const lossy = (table: WindowTable): WindowTable => ({
      ...table,
      putRecord: async (...args) => {
        const answer = await table.putRecord(...args);
        return isLost[(calls += 1) % isLost.length] === true ? crash() : answer;
      },
    });
    const world = setUp({}, lossy, changed);
    for (let at = 0; at < 6_000; at += at < 600 ? 5 : 60) {
      for (const { body } of bodies.filter((one) => one.at >= at - 5 && one.at < at)) await world.admit(at * second, body);
      await world.clock.advance(60 * second);
      await world.closeDue(at * second);
    }
    expect(world.head()).toMatchObject({ state: 'closed' });
    const panesSeen = world.records().map(({ pane }) => pane);
    expect(panesSeen.filter((pane) => pane === 'on_time')).toHaveLength(1);
    expect(panesSeen.includes('early')).toBe(changed.emitPartialEveryMs !== undefined);
    return world.records().at(-1)!.contentHash;
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('in the history of seed %i', async (seed) => {
    const often = { emitPartialEveryMs: 10 * second, handoffPolicy: 'every', publishEvents: true } as const;
    const hashes = [await lastHash(seed, {}), await lastHash(seed, every), await lastHash(seed, often)];
    expect(new Set(hashes).size).toBe(1);
  });
});
