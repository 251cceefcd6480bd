import { lookAtEvents } from '../../src/core/conversation/completeness';
import type { CanonicalEvent } from '../../src/core/event';
import type { StoredEvent } from '../../src/core/items';
import { findGaps } from '../../src/core/lateness-gaps';
import { aDetail, anEndMark, anEvent, mapperOf, noon, second } from '../factories';

/** Event and queue time are told apart: what counts is when it arrived, seconds after noon. */
const arrives = (seconds: number, event: CanonicalEvent): StoredEvent => ({ event, sentAtMs: second(seconds) });

const customer = { participant: 'customer', session: 'leg-1' } as const;
const agent = { participant: 'agent', session: 'leg-2' } as const;
const started = anEvent({ ...customer, type: 'customer.start', at: second(0) });
const agentStarted = anEvent({ ...agent, type: 'user.start', at: second(1) });
const agentEnded = anEvent({ ...agent, type: 'user.end', at: second(50), body: { interactingDurationMs: 40_000 } });
const ended = anEvent({ ...customer, type: 'customer.end', at: second(60) });
const outcome = anEvent({ ...customer, type: 'flow.outcome', at: second(61) });
const work = anEvent({ ...agent, type: 'acw', at: second(55) });

const gapsOf = (arrivals: readonly StoredEvent[], known: readonly CanonicalEvent[] = []) => {
  const looks: number[] = [];
  const gaps = findGaps({
    arrivals,
    isNew: (event) => !known.includes(event),
    look: (events) => {
      looks.push(events.length);
      return lookAtEvents(events, mapperOf);
    },
  });
  return { looks, found: gaps.map(({ event, ms, awaitsAfterCallWork }) => [event.type, ms, awaitsAfterCallWork]) };
};

test('an event that comes after its conversation looked complete is measured from the newest one before it', () => {
  expect(gapsOf([arrives(0, started), arrives(60, ended), arrives(100, outcome)]).found).toEqual([
    ['flow.outcome', 40_000, false],
  ]);
});

test('a wait before the conversation looks complete is no gap, however long', () => {
  expect(gapsOf([arrives(0, started), arrives(3_600, ended)]).found).toEqual([]);
});

test('while another session is open, the end of the customer alone is not the end', () => {
  const open = [arrives(0, started), arrives(1, agentStarted), arrives(60, ended)];
  expect(gapsOf([...open, arrives(90, agentEnded)]).found).toEqual([]);
});

test('after-call work that is awaited is told apart: another hold waits for it', () => {
  const over = [arrives(0, started), arrives(1, agentStarted), arrives(50, agentEnded), arrives(60, ended)];
  expect(gapsOf([...over, arrives(200, work)]).found).toEqual([['acw', 140_000, true]]);
  expect(gapsOf([...over, arrives(61, work), arrives(90, outcome)]).found).toEqual([
    ['acw', 1_000, true],
    ['flow.outcome', 29_000, false],
  ]);
});

test('what the record before was made of is not counted again', () => {
  const before = [started, ended, outcome];
  const arrivals = [arrives(0, started), arrives(60, ended), arrives(100, outcome), arrives(500, work)];
  expect(gapsOf(arrivals, before).found).toEqual([['acw', 400_000, false]]);
});

test('the same fact twice arrived when it came first', () => {
  const bare = { ...outcome, orgId: null };
  expect(gapsOf([arrives(0, started), arrives(60, ended), arrives(900, bare), arrives(70, outcome)]).found).toEqual([
    ['flow.outcome', 10_000, false],
  ]);
});

test('the order of arrival counts, not that of the events', () => {
  expect(gapsOf([arrives(100, started), arrives(60, ended), arrives(62, outcome)]).found).toEqual([
    ['flow.outcome', 2_000, false],
    ['customer.start', 38_000, false],
  ]);
});

test('an end mark and a disconnected state make a conversation look complete, too; other states do not', () => {
  const connected = aDetail({ at: noon, data: { status: 'connected' } });
  const disconnected = aDetail({ at: second(60), data: { status: 'disconnected' }, sequence: 2 });
  const mark = anEndMark({ at: second(61) });
  expect(gapsOf([arrives(0, connected), arrives(30, disconnected), arrives(90, mark)]).found).toEqual([
    ['conversation.end', 60_000, false],
  ]);
  expect(gapsOf([arrives(0, mark), arrives(90, connected)]).found).toEqual([['conversation:state', 90_000, false]]);
});

test('nothing is looked at without a gap after something that may complete it', () => {
  expect(gapsOf([arrives(0, started), arrives(1, agentStarted), arrives(50, agentEnded), arrives(60, ended)]).looks).toEqual([]);
  expect(gapsOf([arrives(0, started), arrives(60, ended), arrives(60.9, outcome)]).looks).toEqual([]);
});

const chatter = (count: number): readonly StoredEvent[] =>
  Array.from({ length: count }, (_, n) =>
    arrives(100 + 2 * n, anEvent({ type: 'attributes', at: second(100 + n), session: `s-${String(n)}` })),
  );

test('a window is looked at ten times at most, the latest gaps first; a large one fewer times', () => {
  const over = [arrives(0, started), arrives(60, ended)];
  expect(gapsOf([...over, ...chatter(30)]).looks).toEqual(Array.from({ length: 10 }, (_, n) => 22 + n));
  expect(gapsOf([...over, ...chatter(5_000)]).looks).toHaveLength(3);
  expect(gapsOf([...over, ...chatter(30_000)]).looks).toHaveLength(1);
});
