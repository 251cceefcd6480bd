import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import type { JsonObject } from '../../../src/core/json';
import { contentHash } from '../../../src/core/revision';
import { aDetail, anEvent, mapperOf, minute, orgId, second } from '../../factories';

const fold = (...events: readonly CanonicalEvent[]) => foldConversation(events, mapperOf).content;

describe('metadata', () => {
  test('is merged from every event of the real feed, sorted and unique', () => {
    const content = fold(
      anEvent({ body: { conversationExternalContactIds: ['contact-3', 'contact-1'], externalContactId: 'contact-2' } }),
      anEvent({ type: 'outbound', at: second(1), body: { outboundCampaignId: 'campaign-1' } }),
      anEvent({ type: 'flow.start', at: second(2), session: 'flow', body: { flowId: 'flow-2' } }),
      anEvent({ type: 'flow.outcome', at: second(3), session: 'flow', body: { flowId: 'flow-1' } }),
      anEvent({
        type: 'acd.start',
        at: second(4),
        session: 'acd',
        body: { queueId: 'queue-2', requestedRoutingSkillIds: ['skill-2'] },
      }),
      anEvent({
        ...{ type: 'acd.end', at: second(5), session: 'acd' },
        body: { queueId: 'queue-1', requestedRoutingSkillIds: ['skill-1', 'skill-2'] },
      }),
      anEvent({ type: 'user.start', at: second(6), session: 'agent', body: { userId: 'user-2' } }),
      anEvent({ type: 'acw', at: second(7), session: 'agent', body: { userId: 'user-1', wrapupCode: 'code-2' } }),
      anEvent({ type: 'wrapup', at: second(8), session: 'acd', body: { wrapupCode: 'code-1' } }),
      anEvent({ type: 'contact', at: second(9), body: { externalContactId: 'contact-1' } }),
    );
    expect(content).toMatchObject({
      queueIds: ['queue-1', 'queue-2'],
      skillIds: ['skill-1', 'skill-2'],
      agentIds: ['user-1', 'user-2'],
      wrapUpCodes: ['code-1', 'code-2'],
      flowIds: ['flow-1', 'flow-2'],
      campaignId: 'campaign-1',
      externalContactIds: ['contact-1', 'contact-2', 'contact-3'],
    });
  });

  test('is merged from every detail of an envelope, however late it was attached', () => {
    const detail = (sequence: number, name: string, data: JsonObject) =>
      aDetail({ at: second(sequence), envelopeAt: second(0), sequence, name, data });
    const content = fold(
      detail(1, 'conversation:state', { status: 'connected' }),
      detail(2, 'participant:added', { agentId: 'user-1', skillIds: ['skill-2', 'skill-1', 7, null] }),
      detail(3, 'conversation:state', { status: 'disconnected', wrapUpCode: 'code-1', queueId: 'queue-1' }),
    );
    expect(content).toMatchObject({
      queueIds: ['queue-1'],
      skillIds: ['skill-1', 'skill-2'],
      agentIds: ['user-1'],
      wrapUpCodes: ['code-1'],
      mediaType: 'voice',
    });
  });

  test('null equals absent, and a field of the wrong type is absent', () => {
    const fields = [
      'queueId',
      'userId',
      'flowId',
      'externalContactId',
      'mediaType',
      'direction',
      'ani',
      'dnis',
      'disconnectType',
    ];
    const lists = ['requestedRoutingSkillIds', 'conversationExternalContactIds'];
    const without = fold(anEvent({ type: 'user.end', media: null })) as unknown as JsonObject;
    for (const wrong of [null, 7, true, {}, [], [7], '']) {
      const body = Object.fromEntries([...fields, ...lists].map((field) => [field, wrong]));
      const { sessions, ...content } = fold(anEvent({ type: 'user.end', media: null, body }));
      const { sessions: plain, ...rest } = without;
      expect({ ...content, sessions: sessions.map((session) => ({ ...session, raw: {} })) }).toEqual({
        ...rest,
        sessions: plain,
      });
    }
  });

  test('medium and direction are those of the first customer session, in lower case, even if they are new to us', () => {
    const content = fold(
      anEvent({ type: 'flow.start', at: minute(0), session: 'flow', media: 'VOICE', body: { direction: 'INBOUND' } }),
      anEvent({ at: minute(1), media: 'HOLOGRAM', body: { direction: 'SIDEWAYS' } }),
      anEvent({ at: minute(2), session: 'second', media: 'CHAT', body: { direction: 'OUTBOUND' } }),
    );
    expect(content).toMatchObject({ mediaType: 'hologram', direction: 'sideways' });
  });

  test('the organisation is whichever a carrier names', () => {
    expect(fold(anEvent({ org: null }), anEvent({ type: 'customer.end', at: minute(1) })).orgId).toBe(orgId);
    expect(fold(anEvent({ org: null })).orgId).toBeNull();
  });

  test('participants are everybody whom an event names, with their sessions and families', () => {
    const { participants } = fold(
      anEvent({ participant: 'one', session: 's-2', body: { externalContactId: 'contact-1' } }),
      anEvent({ type: 'flow.start', at: second(1), participant: 'one', session: 's-1' }),
      anEvent({ type: 'user.start', at: second(2), participant: 'two', session: 's-3', body: { userId: 'user-1' } }),
      anEvent({ type: 'attributes', at: second(3), participant: 'three', session: null }),
    );
    expect(participants).toEqual([
      {
        participantId: 'one',
        purposes: ['customer', 'flow'],
        userId: null,
        sessionIds: ['s-1', 's-2'],
        externalContactIds: ['contact-1'],
      },
      { participantId: 'two', purposes: ['user'], userId: 'user-1', sessionIds: ['s-3'], externalContactIds: [] },
      { participantId: 'three', purposes: [], userId: null, sessionIds: [], externalContactIds: [] },
    ]);
  });

  test('a session keeps enums and addresses as they were sent beside the normalised ones', () => {
    const { sessions } = fold(
      anEvent({
        body: { direction: 'INBOUND', ani: 'tel:+15551234567', dnis: 'sip:1@localhost', addressFrom: 'a', provider: 'Edge' },
      }),
      anEvent({ type: 'customer.end', at: minute(1), body: { disconnectType: 'ENDPOINT', direction: null } }),
    );
    expect(sessions).toEqual([
      {
        family: 'customer',
        sessionId: 'session-1',
        participantId: 'participant-1',
        mediaType: 'voice',
        direction: 'inbound',
        startedAt: '2026-01-05T12:00:00.000Z',
        endedAt: '2026-01-05T12:01:00.000Z',
        disconnectType: 'endpoint',
        userId: null,
        queueId: null,
        flowId: null,
        raw: {
          ...{ mediaType: 'VOICE', direction: 'INBOUND', disconnectType: 'ENDPOINT', provider: 'Edge' },
          ...{ ani: 'tel:+15551234567', dnis: 'sip:1@localhost', addressFrom: 'a' },
        },
      },
    ]);
  });
});

describe('caller and callee', () => {
  test.each([
    ['tel:+15551234567', '+15551234567'],
    ['tel:+1555;ext=7', '+1555'],
    ['sip:+15551234567@10.0.0.1:5060;transport=tls', '+15551234567'],
    ['SIP:5551234@localhost', '5551234'],
    ['sip:anna@example.org', 'anna@example.org'],
    ['sips:anna@example.org?subject=x', 'anna@example.org'],
    ['sip:anonymous', 'anonymous'],
    ['+1555XXXXXXX', '+1555XXXXXXX'],
    ['tel:', null],
  ])('%s is %s', (ani, caller) => {
    expect(fold(anEvent({ body: { ani } })).caller).toBe(caller);
    expect(fold(aDetail({ data: { callerNumber: ani } })).caller).toBe(caller);
  });

  test('are those of the first customer session, else of the details', () => {
    const agent = anEvent({ type: 'user.start', session: 'agent', body: { ani: 'tel:+1', dnis: 'tel:+2' } });
    expect(fold(agent)).toMatchObject({ caller: null, callee: null });
    const end = anEvent({ type: 'customer.end', at: minute(1), body: { ani: 'tel:+3', dnis: 'tel:+4' } });
    expect(fold(agent, anEvent({ at: second(1) }), end)).toMatchObject({ caller: '+3', callee: '+4' });
  });
});

describe('attributes', () => {
  const set = (at: number, attributes: JsonObject) =>
    anEvent({ type: 'attributes', at: second(at), session: null, body: { attributes } });

  test('are merged, the last in order wins, and null says nothing', () => {
    expect(fold(set(2, { a: '2', c: null }), set(1, { a: '1', b: '1', c: '1' })).attributes).toEqual({ a: '2', b: '1', c: '1' });
  });

  test('keys stay as they are: free text, the empty one, and those that mean something to JavaScript', () => {
    const text = '{" ANI":"1","ANI":"2","LLM (AW) question":"3","":"4","__proto__":"5","constructor":"6","toString":"7"}';
    const content = fold(set(1, JSON.parse(text) as JsonObject));
    expect(JSON.parse(JSON.stringify(content.attributes))).toEqual(JSON.parse(text));
    expect(Object.getPrototypeOf(content.attributes)).toBe(Object.prototype);
    const others = [fold(set(1, JSON.parse(text.replace('"5"', '"other"')) as JsonObject)), fold(set(1, {}))];
    expect(new Set([content, ...others].map(contentHash)).size).toBe(3);
  });

  test('that are no object are absent', () => {
    for (const attributes of ['text', 7, ['a'], null]) {
      const event = anEvent({ type: 'attributes', session: null, body: { attributes } });
      expect(fold(event)).toMatchObject({ attributes: {}, anomalies: [], eventCount: 1 });
    }
  });
});
