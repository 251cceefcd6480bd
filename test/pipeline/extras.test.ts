import type { DetailsAnswer, ExtraAnswer } from '../../src/core/genesys-answers';
import type { ConversationDetails, ConversationExtra } from '../../src/ports';
import { feedMessage, minute } from '../factories';
import { closeWithWaits, ended, recordingLog, scripted, scriptedExtra, second, setUp, started } from './world';

/* What is asked of Genesys beside the details. */

const complete: DetailsAnswer = { kind: 'complete', details: { conversationId: 'conversation-1' } };
const absent: ExtraAnswer = { kind: 'absent' };
const outage: ExtraAnswer = { kind: 'unavailable', why: 'answered 503', retryAfterMs: 7_200 * second };
const transcript: ExtraAnswer = {
  kind: 'found',
  value: { language: 'en-us', texts: ['My order did not come.'], truncated: false, phrases: 1 },
};
const sentiment: ExtraAnswer = { kind: 'found', value: { score: -0.5, trend: null, trendClass: 'NotCalculated' } };
const attributes: ExtraAnswer = {
  kind: 'found',
  value: { participants: [{ participantId: 'participant-1', purpose: 'customer', attributes: { order: '4711' } }] },
};
const asInProduction = { notReadyGapMs: 15 * second, notReadyMax: 6 };

type World = ReturnType<typeof setUp>;
const inputs = (world: World) =>
  [...world.stateMachine.executions().values()].map((input) => JSON.parse(input) as Record<string, unknown>);

/** Counts what it is asked. */
const counted = (details: ConversationDetails): ConversationDetails & { readonly asked: () => number } => {
  let asked = 0;
  return { fetch: (ids, purpose) => ((asked += 1), details.fetch(ids, purpose)), asked: () => asked };
};

const worldOf = (extras: readonly ConversationExtra[], details: ConversationDetails = scripted(complete)) =>
  setUp({ details, extras }, undefined, asInProduction);

const close = async (world: World): Promise<readonly number[]> => {
  await world.admit(0, started, ended);
  return (await closeWithWaits(world, 45 * second)).map((gapMs) => gapMs / second);
};

test('what is asked for is in the input, and nothing else', async () => {
  const world = worldOf([scriptedExtra('transcript', transcript), scriptedExtra('participantAttributes', attributes)]);
  expect(await close(world)).toEqual([]);
  const [input] = inputs(world);
  expect(input).toMatchObject({
    callDetailsStatus: 'complete',
    transcript: { status: 'complete', language: 'en-us', texts: ['My order did not come.'], truncated: false, phrases: 1 },
    participantAttributes: { status: 'complete', participants: [{ attributes: { order: '4711' } }] },
  });
  expect(input).not.toHaveProperty('sentiment');
  expect(input).not.toHaveProperty('names');
});

test("Genesys's further fields of a sentiment go with it", async () => {
  const world = worldOf([scriptedExtra('sentiment', sentiment)]);
  await close(world);
  expect(inputs(world)[0]).toMatchObject({
    sentiment: { status: 'complete', score: -0.5, trend: null, trendClass: 'NotCalculated' },
  });
});

test('a transcript that comes at the third look is waited for; what would be there already is asked for once, and told', async () => {
  const late = scriptedExtra('transcript', absent, absent, transcript);
  const early = scriptedExtra('participantAttributes', attributes);
  const details = counted(scripted(complete));
  const world = worldOf([early, late], details);
  expect(await close(world)).toEqual([15, 30]);
  expect(inputs(world)).toMatchObject([{ transcript: { status: 'complete' }, participantAttributes: { status: 'complete' } }]);
  expect([details.asked(), late.asked(), early.asked()]).toEqual([1, 3, 1]);
  expect(late.told()).toEqual([complete, complete, complete]);
});

test('what never comes is waited for as often as details are, together with them, and the rest goes out', async () => {
  const never = scriptedExtra('transcript', absent);
  const world = worldOf(
    [never, scriptedExtra('sentiment', sentiment)],
    scripted({ kind: 'absent' }, { kind: 'absent' }, complete),
  );
  expect(await close(world)).toEqual([15, 30, 60, 120, 240, 480]);
  expect(inputs(world)).toMatchObject([
    { callDetailsStatus: 'complete', transcript: { status: 'absent' }, sentiment: { status: 'complete' } },
  ]);
  expect(never.asked()).toBe(5);
});

test('what will never be there is not waited for', async () => {
  const never = scriptedExtra('transcript', { kind: 'absent', isFinal: true });
  const world = worldOf([never]);
  expect(await close(world)).toEqual([]);
  expect(inputs(world)).toMatchObject([{ transcript: { status: 'absent' } }]);
});

test('what Genesys has of a conversation without complete details is asked for when these are given up on', async () => {
  const extra = scriptedExtra('transcript', transcript);
  const world = worldOf([extra], scripted({ kind: 'absent' }));
  expect(await close(world)).toHaveLength(6);
  expect(inputs(world)).toMatchObject([{ callDetailsStatus: 'absent', transcript: { status: 'complete' } }]);
  expect(extra.asked()).toBe(1);
});

test('one part that fails by itself is waited for as what lags is, then the handoff goes out without it', async () => {
  const failing: ExtraAnswer = { kind: 'unavailable', why: 'answered 503', retryAfterMs: 20 * second };
  const world = worldOf([scriptedExtra('sentiment', failing, absent, failing)]);
  expect(await close(world)).toEqual([20, 30, 60, 120, 240, 480]);
  expect(inputs(world)).toMatchObject([{ callDetailsStatus: 'complete', sentiment: { status: 'failed' } }]);
});

test('a wait that the quota asks for counts for nothing, unless it is one of hours', async () => {
  const wait = (seconds: number): ExtraAnswer => ({
    kind: 'unavailable',
    why: 'too.many.requests',
    retryAfterMs: seconds * second,
    isThrottle: true,
  });
  const world = worldOf([scriptedExtra('sentiment', wait(90), absent, wait(90), wait(7_200), absent, sentiment)]);
  expect(await close(world)).toEqual([90, 15, 90, 3_600, 60]);
  expect(inputs(world)).toMatchObject([{ sentiment: { status: 'complete' } }]);
});

test('a window that is sent away after some of its answers asks only for the others', async () => {
  const throttle: ExtraAnswer = { kind: 'unavailable', why: 'budget', retryAfterMs: 90 * second, isThrottle: true };
  const first = scriptedExtra('sentiment', sentiment);
  const refused = scriptedExtra('transcript', { kind: 'refused', why: 'a permission' }, transcript);
  const last = scriptedExtra('participantAttributes', throttle, attributes);
  const details = counted(scripted(complete));
  const world = worldOf([first, refused, last], details);
  expect(await close(world)).toEqual([90]);
  const all = { sentiment: { status: 'complete' }, transcript: { status: 'complete' } };
  expect(inputs(world)).toMatchObject([{ callDetailsStatus: 'complete', ...all, participantAttributes: { status: 'complete' } }]);
  expect([details.asked(), first.asked(), refused.asked(), last.asked()]).toEqual([1, 1, 2, 2]);
});

test('after ten minutes it asks for all of them again', async () => {
  const wait: ExtraAnswer = { kind: 'unavailable', why: 'budget', retryAfterMs: 601 * second, isThrottle: true };
  const first = scriptedExtra('sentiment', sentiment);
  const details = counted(scripted(complete));
  const world = worldOf([first, scriptedExtra('transcript', wait, transcript)], details);
  expect(await close(world)).toEqual([601]);
  expect([details.asked(), first.asked()]).toEqual([2, 2]);
});

test('what is refused does not hold up the rest, and is told of once, with what is missing', async () => {
  const { log, lines } = recordingLog();
  const refused: ExtraAnswer = { kind: 'refused', why: 'give a role with speechAndTextAnalytics:data:view' };
  const extras = [
    scriptedExtra('sentiment', refused),
    scriptedExtra('transcript', refused),
    scriptedExtra('participantAttributes', attributes),
  ];
  const world = setUp({ details: scripted(complete), extras, log });
  for (const conversation of ['conversation-1', 'conversation-2'])
    await world.admit(
      0,
      feedMessage({ conversation, at: minute(0) }),
      feedMessage({ conversation, type: 'customer.end', at: minute(1) }),
    );
  expect(await world.closeDue(45 * second)).toEqual(['closed', 'closed']);
  const failed = {
    sentiment: { status: 'failed' },
    transcript: { status: 'failed' },
    participantAttributes: { status: 'complete' },
  };
  expect(inputs(world)).toMatchObject([failed, failed]);
  expect(lines.filter(({ level }) => level === 'error').map(({ fields }) => fields)).toEqual([
    { what: 'sentiment', why: refused.why },
    { what: 'transcript', why: refused.why },
  ]);
});

test.each([
  ['absent', absent],
  ['failed', outage],
])('an early record waits for nothing: %s', async (status, answer) => {
  const early = { emitPartialEveryMs: 60 * second, handoffPolicy: 'every' } as const;
  const extras = [scriptedExtra('transcript', answer), scriptedExtra('sentiment', sentiment)];
  const world = setUp({ details: scripted(complete), extras }, undefined, { ...asInProduction, ...early });
  await world.admit(0, started);
  expect(await world.closeDue(60 * second)).toEqual(['left']);
  expect(inputs(world)).toMatchObject([{ transcript: { status }, sentiment: { status: 'complete' } }]);
});

test('a window that gave up waiting does not wait for what lags either', async () => {
  const world = worldOf([scriptedExtra('transcript', absent)]);
  await world.admit(0, started);
  expect(await closeWithWaits(world, 3_600 * second)).toEqual([]);
  expect(inputs(world)).toMatchObject([{ transcript: { status: 'absent' }, record: { status: 'partial' } }]);
});

test('nothing is asked for a revision that is not handed off', async () => {
  const extra = scriptedExtra('transcript', transcript);
  const world = setUp({ details: scripted(complete), extras: [extra] }, undefined, { emitPartialEveryMs: 60 * second });
  await world.admit(0, started);
  expect(await world.closeDue(60 * second)).toEqual(['left']);
  expect([world.records().length, extra.asked()]).toEqual([1, 0]);
});

test('a bug in asking fails the close, which is tried again', async () => {
  let isFirst = true;
  const buggy: ConversationExtra = {
    name: 'transcript',
    fetch: () => (isFirst ? ((isFirst = false), Promise.reject(new TypeError('a bug'))) : Promise.resolve(transcript)),
  };
  const world = worldOf([buggy]);
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['failed']);
  await world.clock.advance(300 * second);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(inputs(world)).toMatchObject([{ transcript: { status: 'complete' } }]);
});

test('the window is held while Genesys takes its time over each question', async () => {
  const left: number[] = [];
  const slow = (name: ConversationExtra['name'], answer: ExtraAnswer): ConversationExtra => ({
    name,
    fetch: async () => {
      left.push((world.head()?.dueAt ?? 0) - world.clock.nowMs());
      await world.clock.sleep(40 * second);
      return answer;
    },
  });
  const extras = [slow('sentiment', sentiment), slow('transcript', transcript), slow('participantAttributes', attributes)];
  const world: World = worldOf(extras);
  await world.admit(0, started, ended);
  const closing = world.closeDue(45 * second);
  await world.clock.advance(300 * second);
  expect(await closing).toEqual(['closed']);
  expect(left).toEqual([60, 60, 60].map((s) => s * second));
});

test.each([
  ['live', undefined],
  ['redrive', true],
])('everything is asked for what the window closes for: %s', async (purpose, redriven) => {
  const purposes: string[] = [];
  const extra: ConversationExtra = {
    name: 'transcript',
    fetch: (_id, asked) => (purposes.push(asked), Promise.resolve(transcript)),
  };
  const details: ConversationDetails = {
    fetch: (ids, asked) => (purposes.push(asked), scripted(complete).fetch(ids, asked)),
  };
  const world = worldOf([extra], details);
  const messages = [started, ended].map((body, n) => ({
    ...{ id: String(n), handle: String(n), body: JSON.stringify(body), sentAtMs: 0, receiveCount: 1 },
    ...(redriven ? { redriven } : {}),
  }));
  await world.pipeline.admit(messages, 0);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(purposes).toEqual([purpose, purpose]);
});
