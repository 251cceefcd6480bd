import type { Addresses, CustomerLeg, Script } from './script';
import type { Stage } from './stage';

/* What people do on the phone. */

export type Story = (stage: Stage) => Script;

const phone = (stage: Stage): Addresses => ({
  ani: `tel:+${stage.canary('number')}`,
  dnis: `tel:+${stage.canary('number')}`,
});

/** Flows write attributes; the second writing changes one. */
export const askForIntent = (stage: Stage, participantId: string): void => {
  const { canary, note } = stage;
  note({
    kind: 'attributes',
    participantId,
    attributes: [
      ['ANI', `+${canary('number')}`],
      [' ani_in_e164', `+${canary('number')}`],
      ['customer name', `Ms ${canary('name')} Doe`],
      ['LLM (AW) question', `where is my order ${canary('attribute')}?`],
      ['api_token', canary('secret')],
      ['intent', canary('attribute')],
    ],
  });
  stage.pass(50, 2_000);
  note({ kind: 'attributes', participantId, attributes: [['intent', canary('attribute')]] });
};

const callIn = (stage: Stage): CustomerLeg => {
  const customer = stage.enter('VOICE', 'INBOUND');
  const disconnect = 'TRANSFER';
  const flow = stage.flow({ media: 'VOICE', flowType: 'INBOUNDCALL', disconnect });
  if (stage.chance.happens(0.6)) askForIntent(stage, customer.participantId);
  if (stage.chance.happens(0.4)) stage.note({ kind: 'flow.outcome', leg: flow, outcomeId: stage.chance.uuid() });
  if (stage.chance.happens(0.3)) {
    const externalContactId = stage.chance.uuid();
    stage.note({ kind: 'contact', leg: customer, externalContactId });
  }
  return customer;
};

const reachQueue = (stage: Stage): CustomerLeg => {
  const customer = callIn(stage);
  stage.queue({ media: 'VOICE', outcome: 'ANSWERED' });
  return customer;
};

const hold = (stage: Stage) => (stage.chance.happens(0.5) ? { holdMs: stage.chance.between(5_000, 90_000) } : {});

export const answeredCall: Story = (stage) => {
  const customer = reachQueue(stage);
  stage.agent({ disconnect: 'PEER', times: hold(stage) });
  stage.leave(customer, 'PEER');
  return stage.script('answered call', phone(stage), { contactIds: [stage.chance.uuid()] });
};

/** The first agent hands over with `disconnect`; the second one finishes. */
const transferred =
  (story: string, disconnect: string, overlapMs = 0): Story =>
  (stage) => {
    const customer = reachQueue(stage);
    stage.agent({ disconnect, times: hold(stage) });
    // In a consult or a conference the second agent is there before the first one leaves.
    stage.pass(-overlapMs, 800 - overlapMs);
    stage.agent({ disconnect: 'CLIENT', talkMs: stage.chance.between(overlapMs + 20_000, overlapMs + 200_000) });
    stage.leave(customer, 'CLIENT');
    return stage.script(story, phone(stage));
  };

export const blindTransfer = transferred('blind transfer', 'TRANSFER');
export const consultTransfer = transferred('consult transfer', 'CONSULT_TRANSFER', 15_000);
export const conferenceTransfer = transferred('conference transfer', 'CONFERENCE_TRANSFER', 18_000);

/** Alerted, and the call went on to the next without a word. */
export const passedOn: Story = (stage) => {
  const customer = reachQueue(stage);
  const ways = [
    'NO_ANSWER_TRANSFER',
    'NOT_AVAILABLE_TRANSFER',
    'DND_TRANSFER',
    'FORWARD_TRANSFER',
    'HOLOGRAM_TRANSFER',
    'CLIENT',
  ];
  for (const disconnect of stage.chance.shuffle(ways).slice(0, 3)) {
    stage.agent({ disconnect, talkMs: null });
    stage.pass(10, 3_000);
  }
  stage.agent({ disconnect: 'PEER' });
  stage.leave(customer, 'PEER');
  return stage.script('call passed on', phone(stage));
};

export const abandonedCall: Story = (stage) => {
  const customer = callIn(stage);
  const queue = stage.queue({ media: 'VOICE', outcome: 'ABANDON' });
  stage.leave(customer, 'PEER');
  const notes = `system: ${stage.canary('note')}`;
  stage.note({ kind: 'wrapup', leg: queue, code: stage.chance.pick(stage.centre.wrapUpCodes), notes, durationMs: 0 });
  return stage.script('abandoned call', phone(stage));
};

export const voicemail: Story = (stage) => {
  const customer = callIn(stage);
  const queue = stage.queue({ media: 'VOICE', outcome: 'FLOW_OUT' });
  const from = stage.now();
  stage.pass(4_000, 60_000);
  const { media, direction, wave, queueId } = queue;
  const who = { participantId: stage.chance.uuid(), sessionId: stage.chance.uuid(), media, direction, wave };
  stage.put({ ...who, kind: 'voicemail', from, to: stage.now(), disconnect: 'PEER', queueId });
  stage.leave(customer, 'PEER');
  return stage.script('voicemail', phone(stage));
};

export const selfService: Story = (stage) => {
  const customer = stage.enter('VOICE', 'INBOUND');
  const flow = stage.flow({ media: 'VOICE', flowType: 'INBOUNDCALL', disconnect: 'PEER' });
  stage.leave(customer, 'PEER');
  // Outcomes come well after the flow has ended.
  stage.pass(1_000, 40_000);
  stage.note({ kind: 'flow.outcome', leg: flow, outcomeId: stage.chance.uuid() });
  return stage.script('self service', phone(stage));
};

export const campaignCall: Story = (stage) => {
  const customer = stage.enter('VOICE', 'OUTBOUND');
  const contact = stage.canary('contact');
  stage.note({ kind: 'outbound', leg: customer, campaignId: stage.chance.pick(stage.centre.campaignIds), contact });
  stage.agent({ disconnect: 'PEER', times: { alertMs: null, dialMs: 4_300, contactMs: 2_150 } });
  stage.leave(customer, 'PEER');
  return stage.script('campaign call', phone(stage));
};

/** Asked for on the web; the agent takes the callback, then dials: two sessions of the agent, two of the customer. */
export const callback: Story = (stage) => {
  const asked = stage.enter('CALLBACK', 'INBOUND');
  stage.queue({ media: 'CALLBACK', outcome: 'ANSWERED' });
  const userId = stage.chance.pick(stage.centre.userIds);
  const times = { callbackMs: stage.chance.between(1_000, 20_000) };
  stage.agent({ media: 'CALLBACK', disconnect: 'CLIENT', userId, talkMs: null, times });
  const called = stage.enter('VOICE', 'OUTBOUND', asked.participantId);
  stage.agent({ media: 'VOICE', disconnect: 'PEER', userId, times: { alertMs: null, dialMs: 3_000, contactMs: 5_500 } });
  stage.leave(called, 'PEER');
  stage.leave(asked, 'CLIENT');
  const number = stage.canary('number');
  return stage.script('callback', {
    ...phone(stage),
    callbackUserName: `Mr ${stage.canary('name')}`,
    callbackNumbers: [`+${number}`],
  });
};

/** Its agent never wraps up: final all the same, once waiting for it is over. */
export const withoutWrapUp: Story = (stage) => {
  const customer = reachQueue(stage);
  stage.agent({ disconnect: 'PEER', work: 'none' });
  stage.leave(customer, 'PEER');
  return stage.script('call without wrap-up', phone(stage));
};

/** The real feed and seed 000's end mark side by side. The mark comes before the last events, and moves nothing. */
export const withEndMark: Story = (stage) => {
  const customer = reachQueue(stage);
  stage.agent({ disconnect: 'PEER' });
  stage.leave(customer, 'PEER');
  stage.note({ kind: 'end-mark' });
  return stage.script('call with an end mark', phone(stage));
};
