import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import type { JsonObject } from '../../../src/core/json';
import { aDetail, anEndMark, anEvent, mapperOf, second } from '../../factories';

const fold = (...events: readonly CanonicalEvent[]) => foldConversation(events, mapperOf).content;

/** `state from-to` in seconds since noon; `?` where null. */
const statesOf = (...events: readonly CanonicalEvent[]): readonly string[] => {
  const seconds = (iso: string | null): string => (iso === null ? '?' : String((Date.parse(iso) - second(0)) / 1000));
  return fold(...events).states.map(({ state, from, to }) => `${state} ${seconds(from)}-${seconds(to)}`);
};

const talked = { interactingDurationMs: 1000 };
const customer = (moment: 'start' | 'end', at: number, media = 'VOICE') =>
  anEvent({ type: `customer.${moment}`, participant: 'customer', session: 'customer', at: second(at), media });
const acd = (moment: 'start' | 'end', at: number, media = 'VOICE') =>
  anEvent({ type: `acd.${moment}`, participant: 'acd', session: 'acd', at: second(at), media });
const agent = (name: string, moment: 'start' | 'end', at: number, body: JsonObject = {}) =>
  anEvent({ type: `user.${moment}`, participant: name, session: name, at: second(at), body: { userId: name, ...body } });
const writer = (moment: 'start' | 'end', at: number, media: string) =>
  anEvent({
    type: `user.${moment}`,
    participant: 'A',
    session: 'A',
    at: second(at),
    media,
    body: moment === 'end' ? talked : {},
  });

const kinds = (content: ReturnType<typeof fold>): readonly string[] => content.anomalies.map(({ kind }) => kind);

describe('states of the real feed', () => {
  test('a plain call rings, is connected from the start of the agent who talked, and ends', () => {
    const call = [customer('start', 0), acd('start', 1), agent('A', 'start', 5), acd('end', 6), agent('A', 'end', 60, talked)];
    expect(statesOf(...call, customer('end', 61))).toEqual(['ringing 0-5', 'connected 5-61', 'disconnected 61-?']);
  });

  test('a call that nobody answered is never connected', () => {
    const declined = agent('A', 'end', 20, { alertingDurationMs: 9000 });
    expect(statesOf(customer('start', 0), agent('A', 'start', 5), declined, customer('end', 30))).toEqual([
      'ringing 0-30',
      'disconnected 30-?',
    ]);
  });

  test('while a voice call goes on, that the agent talks is not known yet', () => {
    expect(statesOf(customer('start', 0), agent('A', 'start', 5))).toEqual(['ringing 0-?']);
  });

  test.each(['CHAT', 'MESSAGE', 'EMAIL'])('%s is connected from the start of the agent', (media) => {
    expect(statesOf(customer('start', 0, media), writer('start', 5, media))).toEqual(['ringing 0-5', 'connected 5-?']);
  });

  test.each(['VIDEO', 'CALLBACK', 'TASK', 'HOLOGRAM'])('%s is not connected before an end says so', (media) => {
    expect(statesOf(customer('start', 0, media), writer('start', 5, media))).toEqual(['ringing 0-?']);
  });

  test('a hold has the bounds of its session: when in it the customer was held, nobody knows', () => {
    const held = agent('A', 'end', 60, { ...talked, heldDurationMs: 9000 });
    expect(statesOf(customer('start', 0), agent('A', 'start', 5), held, customer('end', 61))).toEqual([
      'ringing 0-5',
      'connected 5-61',
      'onhold 5-60',
      'disconnected 61-?',
    ]);
  });

  test('a blind transfer lasts until the next agent', () => {
    const transferred = agent('A', 'end', 60, { ...talked, disconnectType: 'TRANSFER' });
    expect(
      statesOf(
        ...[customer('start', 0), agent('A', 'start', 5), transferred, acd('start', 61), agent('B', 'start', 70)],
        ...[acd('end', 70), agent('B', 'end', 90, talked), customer('end', 90)],
      ),
    ).toEqual(['ringing 0-5', 'connected 5-60', 'transfer 60-61', 'ringing 61-70', 'connected 70-90', 'disconnected 90-?']);
  });

  test('after a consult transfer the customer is at once with the agent who was consulted', () => {
    const transferred = agent('A', 'end', 60, { ...talked, disconnectType: 'CONSULT_TRANSFER' });
    expect(
      statesOf(
        ...[customer('start', 0), agent('A', 'start', 5), agent('B', 'start', 40), transferred],
        ...[agent('B', 'end', 90, talked), customer('end', 90)],
      ),
    ).toEqual(['ringing 0-5', 'connected 5-60', 'transfer 60-60', 'connected 60-90', 'disconnected 90-?']);
  });

  test('a disconnect type that is new to us and ends so is a transfer', () => {
    const transferred = agent('A', 'end', 60, { ...talked, disconnectType: 'QUANTUM_TRANSFER' });
    expect(statesOf(customer('start', 0), agent('A', 'start', 5), transferred)).toContain('transfer 60-?');
  });

  test('a consult that is declined does not interrupt the talk', () => {
    const call = [customer('start', 0), agent('A', 'start', 5), agent('B', 'start', 40), agent('B', 'end', 45)];
    expect(statesOf(...call, agent('A', 'end', 60, talked), customer('end', 60))).toEqual([
      'ringing 0-5',
      'connected 5-60',
      'disconnected 60-?',
    ]);
  });

  test('of a session whose start never came, when it was connected is unknown', () => {
    expect(statesOf(customer('start', 0), agent('A', 'end', 60, talked), customer('end', 61))).toEqual([
      'ringing 0-?',
      'connected ?-61',
      'disconnected 61-?',
    ]);
  });

  test('disconnected is entered when the last session ended, and agrees with endedAt', () => {
    const call = [customer('start', 0), agent('A', 'start', 5), customer('end', 50), agent('A', 'end', 60, talked)];
    expect(statesOf(...call)).toContain('disconnected 60-?');
    expect(fold(...call).endedAt).toBe(new Date(second(60)).toISOString());
  });

  test('an end that is told twice, at two times, ends with the later one', () => {
    const call = [customer('start', 0), customer('end', 50), customer('end', 52)];
    expect(statesOf(...call)).toEqual(['ringing 0-52', 'disconnected 52-?']);
    expect(fold(...call).endedAt).toBe(new Date(second(52)).toISOString());
  });

  test('an agent whose end is told twice, at two times, is not connected again', () => {
    const ends = [agent('A', 'end', 60, { ...talked, disconnectType: 'TRANSFER' }), agent('A', 'end', 62, talked)];
    expect(statesOf(customer('start', 0), agent('A', 'start', 5), ...ends)).toEqual([
      'ringing 0-5',
      'connected 5-60',
      'transfer 60-?',
    ]);
  });

  test('an agent whose start never came was there before anything that we know', () => {
    const call = [customer('start', 0), customer('end', 50), acd('start', 55), acd('end', 56), agent('A', 'end', 60, talked)];
    expect(statesOf(...call)).toEqual(['ringing 0-?', 'connected ?-60', 'disconnected 60-?']);
    expect(kinds(fold(...call))).toEqual([]);
  });

  test('a voicemail does not ring, and moves the end if it is left after all others have gone', () => {
    const voicemail = (moment: string, at: number) =>
      anEvent({ type: `voicemail.${moment}`, session: 'voicemail', at: second(at) });
    expect(statesOf(voicemail('start', 0))).toEqual([]);
    const call = [customer('start', 0), customer('end', 50), voicemail('start', 51), voicemail('end', 60)];
    expect(statesOf(...call)).toEqual(['ringing 0-60', 'disconnected 60-?']);
  });

  test('a message conversation that re-opens was over in between', () => {
    const opening = (from: number) => [
      ...[customer('start', from, 'MESSAGE'), acd('start', from + 1, 'MESSAGE'), writer('start', from + 2, 'MESSAGE')],
      ...[acd('end', from + 2, 'MESSAGE'), writer('end', from + 9, 'MESSAGE'), customer('end', from + 10, 'MESSAGE')],
    ];
    const events = [...opening(0), ...opening(1000)];
    expect(statesOf(...events)).toEqual([
      ...['ringing 0-2', 'connected 2-10', 'disconnected 10-1000'],
      ...['ringing 1000-1002', 'connected 1002-1010', 'disconnected 1010-?'],
    ]);
    expect(kinds(fold(...events))).toEqual([]);
  });

  test('a written conversation may go on without ringing, a call may not', () => {
    const goesOn = (media: string) => [
      ...[customer('start', 0, media), customer('end', 10, media)],
      ...[writer('start', 20, media), writer('end', 30, media)],
    ];
    expect(kinds(fold(...goesOn('EMAIL')))).toEqual([]);
    expect(kinds(fold(...goesOn('VOICE')))).toEqual(['illegal-transition']);
    expect(statesOf(...goesOn('VOICE'))).toContain('connected 20-30');
  });

  test('an end mark without a known end leaves the time of the disconnect unknown', () => {
    expect(statesOf(customer('start', 0), anEndMark({ at: second(99) }))).toEqual(['ringing 0-?', 'disconnected ?-?']);
  });
});

describe('states of detail envelopes', () => {
  const state = (status: string, at: number, sequence = at + 1) =>
    aDetail({ at: second(at), envelopeAt: second(0), sequence, data: { status } });
  const call = (name: string, at: number) =>
    aDetail({ at: second(at), envelopeAt: second(0), sequence: at + 1, name: `voice:call:${name}` });

  test('are those that conversation:state says, in whatever words', () => {
    const words = ['Alerting', 'connected', 'HELD', 'connected', 'onhold', 'transfer', 'ringing', 'connected', 'disconnected'];
    expect(statesOf(...words.map((word, index) => state(word, index)))).toEqual([
      ...['ringing 0-1', 'connected 1-2', 'onhold 2-3', 'connected 3-4', 'onhold 4-5', 'transfer 5-6', 'ringing 6-7'],
      ...['connected 7-8', 'disconnected 8-?'],
    ]);
    expect(fold(...words.map((word, index) => state(word, index))).anomalies).toEqual([]);
  });

  test('voice:call:connected and :transferred enter a state where no state change does', () => {
    expect(statesOf(state('ringing', 0), call('connected', 1), call('transferred', 2), state('disconnected', 3))).toEqual([
      ...['ringing 0-1', 'connected 1-2', 'transfer 2-3', 'disconnected 3-?'],
    ]);
  });

  test('a repeated state is a lifecycle entry but no transition', () => {
    const events = [state('connected', 0), call('connected', 1), state('connected', 2)];
    expect(statesOf(...events)).toEqual(['connected 0-?']);
    expect(fold(...events).lifecycle).toHaveLength(3);
  });

  test('an illegal transition is taken and named', () => {
    const content = fold(state('ringing', 0), state('onhold', 1));
    expect(content.states.map((span) => span.state)).toEqual(['ringing', 'onhold']);
    expect(content.anomalies).toEqual([
      {
        kind: 'illegal-transition',
        detail:
          'Expected connected or transfer or disconnected after ringing of 2026-01-05T12:00:00.000Z, got onhold by ' +
          'conversation:state at 2026-01-05T12:00:01.000Z; taken as sent.',
      },
    ]);
  });

  test('whatever comes first is no transition: what was before may never have reached us', () => {
    for (const status of ['onhold', 'transfer', 'disconnected']) expect(fold(state(status, 0)).anomalies).toEqual([]);
  });

  test('within an envelope a gap and a repeat in the sequence are named, across envelopes they are none', () => {
    const gap = fold(state('ringing', 0, 3), state('connected', 1, 5));
    expect(gap.anomalies).toEqual([
      {
        kind: 'sequence-gap',
        detail:
          'Expected sequence 4 in the envelope of 2026-01-05T12:00:00.000Z, got 5, conversation:state at 2026-01-05T12:00:01.000Z.',
      },
    ]);
    expect(kinds(fold(state('ringing', 0, 3), state('connected', 1, 3)))).toContain('sequence-repeat');
    const nextEnvelope = aDetail({ at: second(9), envelopeAt: second(9), sequence: 1, data: { status: 'connected' } });
    expect(fold(state('ringing', 0, 7), nextEnvelope).anomalies).toEqual([]);
  });
});
