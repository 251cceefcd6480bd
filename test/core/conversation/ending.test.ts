import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import { aDetail, anEndMark, anEvent, mapperOf, minute, second } from '../../factories';

const fold = (...events: readonly CanonicalEvent[]) => foldConversation(events, mapperOf);
const at = (ms: number): string => new Date(ms).toISOString();

const customer = { participant: 'customer', session: 'customer-session' };
const agent = { participant: 'agent', session: 'agent-session' };
const customerStart = anEvent({ ...customer, at: minute(0) });
const customerEnd = anEvent({ ...customer, type: 'customer.end', at: minute(5) });
const agentStart = anEvent({ ...agent, type: 'user.start', at: minute(1), body: { userId: 'user-1' } });
const agentEnd = anEvent({ ...agent, type: 'user.end', at: minute(6), body: { userId: 'user-1' } });

describe('complete, real feed', () => {
  test('a record is final when every session seen has ended and a customer session is among them', () => {
    const { content, complete } = fold(customerStart, agentStart, agentEnd, customerEnd);
    expect(complete).toBe(true);
    expect(content).toMatchObject({ status: 'final', missing: [], finalStatus: 'disconnected' });
  });

  test('customer.end alone is not the end while an agent is still there', () => {
    const { content, complete } = fold(customerStart, agentStart, customerEnd);
    expect(complete).toBe(false);
    expect(content).toMatchObject({ status: 'partial', missing: ['session-end:agent-session'], endedAt: null, durationMs: null });
  });

  test('without a customer session that has ended, customer-end is missing', () => {
    expect(fold(agentStart, agentEnd).content).toMatchObject({ status: 'partial', missing: ['customer-end'] });
    expect(fold(customerStart).content.missing).toEqual(['customer-end', 'session-end:customer-session']);
  });

  test('with two customer sessions both must have ended', () => {
    const second = { participant: 'customer', session: 'second-session' };
    const open = fold(customerStart, customerEnd, anEvent({ ...second, at: minute(7) }));
    expect(open.content.missing).toEqual(['session-end:second-session']);
    const ended = fold(...open.ordered, anEvent({ ...second, type: 'customer.end', at: minute(9) }));
    expect(ended.content).toMatchObject({ status: 'final', missing: [], startedAt: at(minute(0)), endedAt: at(minute(9)) });
  });

  test('a session is its topic family and its id: the same id in two families is two sessions', () => {
    const { content } = fold(
      customerStart,
      customerEnd,
      anEvent({ type: 'flow.start', at: minute(1), session: 'customer-session', body: { flowId: 'flow-1' } }),
    );
    expect(content.sessions.map(({ family, sessionId }) => `${family} ${sessionId}`)).toEqual([
      'customer customer-session',
      'flow customer-session',
    ]);
    expect(content.missing).toEqual(['session-end:customer-session']);
  });

  test('a session whose start never came but whose end did is ended, and start is missing from a final record', () => {
    const { content } = fold(customerStart, agentEnd, customerEnd);
    expect(content).toMatchObject({ status: 'final', missing: ['start'] });
    expect(content.sessions.find(({ family }) => family === 'user')).toMatchObject({ startedAt: null, endedAt: at(minute(6)) });
  });

  test('a session that starts again is open again', () => {
    const reopened = anEvent({ ...customer, at: minute(60) });
    expect(fold(customerStart, customerEnd, reopened).content.status).toBe('partial');
    const endedAgain = anEvent({ ...customer, type: 'customer.end', at: minute(61) });
    const { content } = fold(customerStart, customerEnd, reopened, endedAgain);
    expect(content).toMatchObject({ status: 'final', endedAt: at(minute(61)) });
    expect(content.sessions).toHaveLength(1);
  });

  test('a session whose only start lies after its end had clocks that differ: it is ended, and nothing is missing', () => {
    const skewed = anEvent({ ...agent, type: 'user.start', at: minute(6) + 3 });
    const { content } = fold(customerStart, skewed, agentEnd, customerEnd);
    expect(content).toMatchObject({ status: 'final', missing: [], endedAt: at(minute(6)), finalStatus: 'disconnected' });
    expect(content.sessions.at(-1)).toMatchObject({ startedAt: at(minute(6) + 3), endedAt: at(minute(6)) });
    expect(content.states.map(({ state }) => state)).toEqual(['ringing', 'disconnected']);
    const startedAgain = fold(...[agentStart, agentEnd, skewed, customerStart, customerEnd]);
    expect(startedAgain.content.missing).toEqual(['session-end:agent-session']);
  });

  test('acw, wrapup, contact, outcome, attributes and outbound open no session and never move the end', () => {
    const after = ['acw', 'wrapup', 'contact', 'flow.outcome', 'attributes', 'outbound'].map((type) =>
      anEvent({ type, at: minute(30), session: `session of ${type}`, participant: 'agent' }),
    );
    const { content } = fold(customerStart, customerEnd, ...after);
    expect(content).toMatchObject({ status: 'final', missing: [], endedAt: at(minute(5)), durationMs: 5 * 60_000 });
    expect(content.sessions).toHaveLength(1);
  });

  test('the start is the earliest event, of whatever type', () => {
    const attributes = anEvent({ type: 'attributes', at: minute(-1), session: null, media: null });
    expect(fold(customerStart, attributes, customerEnd).content).toMatchObject({
      startedAt: at(minute(-1)),
      durationMs: 6 * 60_000,
    });
  });
});

describe('complete, detail envelope', () => {
  test('a record is final once conversation:state disconnected was seen', () => {
    const ringing = aDetail({ at: second(0), data: { status: 'ringing' } });
    expect(fold(ringing).content).toMatchObject({ status: 'partial', missing: ['customer-end'], finalStatus: 'ringing' });
    const { content } = fold(ringing, aDetail({ at: second(30), data: { status: 'DISCONNECTED' } }));
    expect(content).toMatchObject({
      status: 'final',
      missing: [],
      finalStatus: 'disconnected',
      startedAt: at(second(0)),
      endedAt: at(second(30)),
      durationMs: 30_000,
    });
  });

  test('disconnected said again does not move the end', () => {
    const said = [30, 31].map((time) => aDetail({ at: second(time), data: { status: 'disconnected' } }));
    expect(fold(aDetail({ data: { status: 'connected' } }), ...said).content.endedAt).toBe(at(second(30)));
  });

  test('the duration that conversation:state:updated tells wins over the difference', () => {
    const { content } = fold(
      aDetail({ at: second(0), data: { status: 'connected' } }),
      aDetail({ at: second(30), sequence: 2, data: { status: 'disconnected' } }),
      aDetail({ at: second(30), sequence: 3, name: 'conversation:state:updated', data: { duration: 29.5 } }),
    );
    expect(content.durationMs).toBe(29_500);
  });

  test('a disconnect that lies before the first detail gives no negative duration, and is named', () => {
    const { content } = fold(
      aDetail({ at: second(30), envelopeAt: second(1), data: { status: 'connected' } }),
      aDetail({ at: second(10), envelopeAt: second(2), data: { status: 'disconnected' } }),
    );
    expect(content.durationMs).toBeNull();
    expect(content.anomalies.map(({ kind }) => kind)).toContain('impossible-duration');
  });

  test('a status that is no state is kept as the final status and ends nothing', () => {
    expect(fold(aDetail({ data: { status: 'Parked' } })).content).toMatchObject({
      status: 'partial',
      finalStatus: 'parked',
      states: [],
    });
  });
});

describe('complete, end mark', () => {
  test('a lone conversation.end is a final record that knows no times and misses its start', () => {
    const { content } = fold(anEndMark({ at: minute(7) }));
    expect(content).toMatchObject({
      status: 'final',
      missing: ['start'],
      startedAt: null,
      endedAt: null,
      durationMs: null,
      finalStatus: 'disconnected',
      eventCount: 1,
      lifecycle: [{ sequence: 1, timestamp: at(minute(7)), action: 'conversation.end' }],
    });
  });

  test('an end mark never moves the end, and what it cannot know stays named as missing', () => {
    const ended = fold(customerStart, customerEnd, anEndMark({ at: minute(90) })).content;
    expect(ended).toMatchObject({ status: 'final', missing: [], endedAt: at(minute(5)) });
    const stated = fold(aDetail({ data: { status: 'connected' } }), anEndMark({ at: minute(90) })).content;
    expect(stated).toMatchObject({ status: 'final', missing: [], finalStatus: 'disconnected', endedAt: null });
    const open = fold(customerStart, anEndMark({ at: minute(90) })).content;
    expect(open).toMatchObject({ status: 'final', missing: ['session-end:customer-session'], endedAt: null });
  });
});

describe('after-call work', () => {
  const talked = anEvent({ ...agent, type: 'user.end', at: minute(5), body: { userId: 'user-1', interactingDurationMs: 1000 } });
  const acw = (fields: Parameters<typeof anEvent>[0]) =>
    anEvent({ ...agent, type: 'acw', at: minute(6), ...fields, body: { userId: 'user-1', ...fields?.body } });

  test('an agent who interacted is awaited; the record is final and says acw', () => {
    const { content, complete, awaitsAfterCallWork } = fold(customerStart, customerEnd, agentStart, talked);
    expect({ complete, awaitsAfterCallWork, missing: content.missing }).toEqual({
      complete: true,
      awaitsAfterCallWork: true,
      missing: ['acw'],
    });
  });

  test('an agent who did not interact is not awaited', () => {
    for (const body of [{ alertingDurationMs: 9000 }, { interactingDurationMs: 0 }]) {
      const declined = anEvent({ ...agent, type: 'user.end', at: minute(5), body });
      expect(fold(customerStart, customerEnd, agentStart, declined).awaitsAfterCallWork).toBe(false);
    }
  });

  test.each([
    ['its session', acw({})],
    ['its participant and agent, in a session that we do not know', acw({ session: 'unknown' })],
    ['its agent alone', acw({ session: null, participant: null })],
  ])('is settled by an acw of %s', (_, event) => {
    expect(fold(customerStart, customerEnd, agentStart, talked, event).awaitsAfterCallWork).toBe(false);
  });

  test('is not settled by the acw of another agent', () => {
    const other = { participant: 'agent-2', session: 'agent-session-2' };
    const { awaitsAfterCallWork } = fold(
      ...[customerStart, customerEnd, agentStart, talked],
      anEvent({ ...other, type: 'user.start', at: minute(2), body: { userId: 'user-2' } }),
      anEvent({ ...other, type: 'user.end', at: minute(5), body: { userId: 'user-2', interactingDurationMs: 1 } }),
      anEvent({ ...other, type: 'acw', at: minute(6), body: { userId: 'user-2' } }),
    );
    expect(awaitsAfterCallWork).toBe(true);
  });

  test('is settled by an acw that lies a few milliseconds before its user.end', () => {
    expect(fold(customerStart, customerEnd, agentStart, talked, acw({ at: minute(5) - 7 })).awaitsAfterCallWork).toBe(false);
  });

  test('a re-opened conversation awaits its own: the acw of the first opening does not settle the second', () => {
    const again = [
      anEvent({ ...agent, type: 'user.start', at: minute(60), body: { userId: 'user-1' } }),
      anEvent({ ...agent, type: 'user.end', at: minute(65), body: { userId: 'user-1', interactingDurationMs: 1000 } }),
    ];
    const before = [customerStart, customerEnd, agentStart, talked, acw({}), ...again];
    expect(fold(...before).awaitsAfterCallWork).toBe(true);
    expect(fold(...before, acw({ at: minute(66) })).awaitsAfterCallWork).toBe(false);
  });

  test('a second end whose start never came awaits an acw of its own', () => {
    const again = anEvent({
      ...agent,
      type: 'user.end',
      at: minute(65),
      body: { userId: 'user-1', interactingDurationMs: 1000 },
    });
    expect(fold(customerStart, customerEnd, agentStart, talked, acw({}), again).awaitsAfterCallWork).toBe(true);
  });

  test('one acw settles all sessions that its agent had had in this opening', () => {
    const replies = [1, 2, 3].flatMap((n) => [
      anEvent({ type: 'user.start', at: minute(n), participant: 'agent', session: `reply-${n}`, body: { userId: 'user-1' } }),
      anEvent({
        ...{ type: 'user.end', at: minute(n) + 175, participant: 'agent', session: `reply-${n}` },
        body: { userId: 'user-1', interactingDurationMs: 175 },
      }),
    ]);
    expect(fold(customerStart, customerEnd, ...replies, acw({ session: 'reply-3' })).awaitsAfterCallWork).toBe(false);
    expect(fold(customerStart, customerEnd, ...replies, acw({ session: 'reply-2' })).awaitsAfterCallWork).toBe(true);
  });
});
