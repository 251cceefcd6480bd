import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import type { JsonObject } from '../../../src/core/json';
import { anEvent, mapperOf, second } from '../../factories';

const fold = (...events: readonly CanonicalEvent[]) => foldConversation(events, mapperOf).content;
const metricsOf = (...events: readonly CanonicalEvent[]) => fold(...events).metrics;

const userEnd = (body: JsonObject, at = 60, session = 'agent-session') =>
  anEvent({ type: 'user.end', at: second(at), participant: 'agent', session, body: { userId: 'user-1', ...body } });

const acd = (moment: 'start' | 'end', at: number, body: JsonObject = {}, session = 'acd') =>
  anEvent({ type: `acd.${moment}`, at: second(at), participant: 'acd', session, body });

describe('times of the real feed', () => {
  test('are sums over user.end, acd.end and acw', () => {
    const acw = (at: number, ms: number) =>
      anEvent({ type: 'acw', at: second(at), participant: 'agent', body: { wrapupDurationMs: ms, wrapupCode: `code-${at}` } });
    expect(
      metricsOf(
        userEnd({
          interactingDurationMs: 100,
          heldDurationMs: 10,
          alertingDurationMs: 1,
          dialingDurationMs: 5,
          contactingDurationMs: 7,
        }),
        userEnd({ interactingDurationMs: 200, heldDurationMs: 20, alertingDurationMs: 2 }, 90, 'second-session'),
        ...[acd('end', 10, { connectedDurationMs: 9000 }), acw(100, 3000), acw(130, 4000)],
        anEvent({ type: 'wrapup', at: second(131), body: { wrapupDurationMs: 999_999, wrapupCode: 'code-of-a-flow' } }),
      ),
    ).toMatchObject({
      talkMs: 300,
      holdMs: 30,
      alertMs: 3,
      queueWaitMs: 9000,
      afterCallWorkMs: 7000,
      handleMs: 300 + 30 + 7000 + 5 + 7,
    });
  });

  test('nothing known is null, never 0; counts are 0, never null', () => {
    expect(metricsOf(anEvent())).toEqual({
      talkMs: null,
      holdMs: null,
      alertMs: null,
      queueWaitMs: null,
      afterCallWorkMs: null,
      handleMs: null,
      transfers: 0,
      transfersByKind: {
        blind: 0,
        consult: 0,
        conference: 0,
        forward: 0,
        noAnswer: 0,
        notAvailable: 0,
        doNotDisturb: 0,
        other: 0,
      },
      abandoned: false,
    });
  });

  test('absent parts are skipped, null and wrong types are absent', () => {
    const events = [
      userEnd({ interactingDurationMs: 100, heldDurationMs: 0 }),
      userEnd({ interactingDurationMs: null, heldDurationMs: '5' }, 90),
    ];
    expect(metricsOf(...events)).toMatchObject({ talkMs: 100, holdMs: 0, alertMs: null, handleMs: 100 });
    expect(fold(...events).anomalies).toEqual([]);
  });

  test.each([-1, 0.5, 2 ** 53, 1e300, Number.NaN])('a duration of %d is impossible: unknown, and named', (talk) => {
    const content = fold(userEnd({ interactingDurationMs: talk }));
    expect(content.metrics).toMatchObject({ talkMs: null, handleMs: null });
    expect(content.anomalies).toEqual([
      {
        kind: 'impossible-duration',
        detail:
          'Expected interactingDurationMs of user.end at 2026-01-05T12:01:00.000Z to be a whole duration from 0 up to 2^53, ' +
          `got ${talk}; taken as unknown.`,
      },
    ]);
  });

  test('a sum beyond 2^53 is unknown and named', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const content = fold(userEnd({ interactingDurationMs: most }), userEnd({ interactingDurationMs: 1 }, 61));
    expect(content.metrics.talkMs).toBeNull();
    expect(content.anomalies.map(({ kind }) => kind)).toEqual(['impossible-duration']);
  });

  test('the wait in a queue is what acd.end says, else its time since the acd.start of its session', () => {
    expect(metricsOf(acd('start', 0), acd('end', 12)).queueWaitMs).toBe(12_000);
    expect(metricsOf(acd('start', 0), acd('end', 12, { connectedDurationMs: 11_900 })).queueWaitMs).toBe(11_900);
    expect(metricsOf(acd('start', 0), acd('end', 12, {}, 'another')).queueWaitMs).toBeNull();
    expect(metricsOf(acd('start', 0), acd('end', 12), acd('start', 100), acd('end', 101)).queueWaitMs).toBe(13_000);
  });

  test('an acd.end that lies before its acd.start waits for an unknown time, and is named', () => {
    const content = fold(acd('start', 12), acd('end', 10));
    expect(content.metrics.queueWaitMs).toBeNull();
    expect(content.anomalies).toEqual([
      {
        kind: 'impossible-duration',
        detail:
          'Expected the wait of acd.end at 2026-01-05T12:00:10.000Z to be from 0 up to 2^53 ms, got -2000; taken as unknown.',
      },
    ]);
  });
});

describe('conflicts', () => {
  test('the same session and time with different content counts once, the last in order, and is named; both stay', () => {
    const twins = [userEnd({ interactingDurationMs: 100 }), userEnd({ interactingDurationMs: 700, queueId: 'queue-1' })];
    const last = foldConversation(twins, mapperOf).ordered.at(-1)!;
    const content = fold(...twins);
    expect(content.metrics.talkMs).toBe(last.body['interactingDurationMs']);
    expect(content).toMatchObject({ eventCount: 2, queueIds: ['queue-1'] });
    expect(content.lifecycle).toHaveLength(2);
    expect(content.anomalies).toEqual([
      {
        kind: 'conflict',
        detail:
          'Expected one user.end at 2026-01-05T12:01:00.000Z of its session, got several with different content; the last in order counts.',
      },
    ]);
  });

  test('after-call work of one session and time counts once', () => {
    const acw = (code: string) => anEvent({ type: 'acw', body: { wrapupCode: code, wrapupDurationMs: 3000 } });
    expect(fold(acw('code-1'), acw('code-2'))).toMatchObject({
      wrapUpCodes: ['code-1', 'code-2'],
      metrics: { afterCallWorkMs: 3000 },
      anomalies: [{ kind: 'conflict' }],
    });
  });

  test('transfers of one session and time count once', () => {
    const twins = [userEnd({ disconnectType: 'TRANSFER' }), userEnd({ disconnectType: 'TRANSFER', queueId: 'queue-1' })];
    expect(metricsOf(...twins).transfers).toBe(1);
  });

  test('several outcomes, contacts and attribute updates at one time are no conflict', () => {
    const events = ['flow.outcome', 'contact', 'attributes'].flatMap((type) =>
      ['a', 'b'].map((id) => anEvent({ type, body: { flowOutcomeId: id, externalContactId: id, attributes: { id } } })),
    );
    expect(fold(...events).anomalies).toEqual([]);
  });

  test('a re-opened user session counts once for each opening', () => {
    expect(metricsOf(userEnd({ interactingDurationMs: 100 }), userEnd({ interactingDurationMs: 50 }, 600)).talkMs).toBe(150);
  });
});

describe('transfers of the real feed', () => {
  test('are user.ends whose disconnect type ends in TRANSFER, split by kind', () => {
    const types = [
      ...['TRANSFER', 'CONSULT_TRANSFER', 'CONFERENCE_TRANSFER', 'FORWARD_TRANSFER', 'NO_ANSWER_TRANSFER'],
      ...['NOT_AVAILABLE_TRANSFER', 'DND_TRANSFER', 'QUANTUM_TRANSFER', 'transfer', 'PEER', 'TRANSPORT_FAILURE'],
    ];
    const { transfers, transfersByKind } = metricsOf(
      ...types.map((disconnectType, index) => userEnd({ disconnectType }, index)),
      anEvent({ type: 'user.start', session: 'agent-session-2', body: { disconnectType: 'TRANSFER' } }),
      // A flow that hands over to a queue, and a voicemail, are no agent's transfer.
      anEvent({ type: 'flow.end', session: 'flow', body: { disconnectType: 'TRANSFER' } }),
      anEvent({ type: 'voicemail.end', session: 'voicemail', body: { disconnectType: 'TRANSFER' } }),
    );
    expect(transfers).toBe(9);
    expect(transfersByKind).toEqual({
      blind: 2,
      consult: 1,
      conference: 1,
      forward: 1,
      noAnswer: 1,
      notAvailable: 1,
      doNotDisturb: 1,
      other: 1,
    });
  });
});

describe('abandoned', () => {
  test('is an acd.end with ABANDON and no agent who interacted', () => {
    expect(metricsOf(acd('end', 10, { acdOutcome: 'ABANDON' })).abandoned).toBe(true);
    expect(metricsOf(acd('end', 10, { acdOutcome: 'ABANDON' }), userEnd({ alertingDurationMs: 100 })).abandoned).toBe(true);
    expect(metricsOf(acd('end', 10, { acdOutcome: 'ABANDON' }), userEnd({ interactingDurationMs: 1 })).abandoned).toBe(false);
    expect(metricsOf(acd('end', 10, { acdOutcome: 'ANSWERED' })).abandoned).toBe(false);
    expect(metricsOf(acd('start', 10, { acdOutcome: 'ABANDON' })).abandoned).toBe(false);
  });
});
