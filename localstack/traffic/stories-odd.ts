import type { AgentLeg, CustomerLeg, Script } from './script';
import type { Stage } from './stage';
import type { Story } from './stories-voice';

/* What goes wrong on the way, and what is odd but true. */

const call = (stage: Stage): CustomerLeg => {
  const customer = stage.enter('VOICE', 'INBOUND');
  stage.flow({ media: 'VOICE', flowType: 'INBOUNDCALL', disconnect: 'TRANSFER' });
  stage.queue({ media: 'VOICE', outcome: 'ANSWERED' });
  return customer;
};

const phone = (stage: Stage) => ({ ani: `tel:+${stage.canary('number')}`, dnis: `tel:+${stage.canary('number')}` });

/** Nobody has answered yet, and then nothing more is heard. */
export const stillWaiting: Story = (stage) => {
  stage.enter('VOICE', 'INBOUND');
  stage.flow({ media: 'VOICE', flowType: 'INBOUNDCALL', disconnect: 'TRANSFER' });
  const queue = stage.queue({ media: 'VOICE', outcome: 'ANSWERED' });
  stage.change({ ...queue, to: null });
  return stage.script('call that is still waiting', phone(stage));
};

/** The customer writes whenever they like; the session never ends. */
export const neverClosed: Story = (stage) => {
  stage.enter('MESSAGE', 'INBOUND');
  stage.queue({ media: 'MESSAGE', outcome: 'ANSWERED' });
  stage.agent({ disconnect: 'CLIENT', end: 'never' });
  return stage.script('message that nobody closes', { addressFrom: stage.canary('number') });
};

/** One event is lost for ever: the agent's end. */
export const lostEnd: Story = (stage) => {
  const customer = call(stage);
  stage.agent({ disconnect: 'PEER', end: 'never' });
  stage.leave(customer, 'PEER');
  return stage.script('call whose agent never ended', phone(stage));
};

/** Given up as partial, then an outage of days is over and the rest comes. */
export const endsAfterAll: Story = (stage) => {
  const customer = call(stage);
  const agent = stage.agent({ disconnect: 'PEER' });
  const left = stage.leave(customer, 'PEER');
  stage.change({ ...agent, endWave: 2, work: agent.work && { ...agent.work, wave: 2 } });
  stage.change({ ...left, endWave: 2 });
  return stage.script('call that ends after all', phone(stage), { late: true });
};

/** Plays a call, then lets a part of it come a wave later. */
const lateCall =
  (story: string, delay: (stage: Stage, customer: CustomerLeg) => void): Story =>
  (stage): Script => {
    const customer = call(stage);
    stage.agent({ disconnect: 'TRANSFER' });
    stage.pass(20, 500);
    stage.agent({ disconnect: 'PEER' });
    delay(stage, stage.leave(customer, 'PEER'));
    return stage.script(story, phone(stage), { late: true });
  };

const lastAgent = (stage: Stage): AgentLeg =>
  stage
    .legs()
    .filter((leg) => leg.kind === 'user')
    .at(-1)!;

export const lateStart = lateCall('call whose first event is late', (stage, customer) =>
  stage.change({ ...customer, wave: 2, endWave: 1 }),
);

export const lateWrapUp = lateCall('call whose wrap-up is late', (stage) => {
  const agent = lastAgent(stage);
  stage.change({ ...agent, work: agent.work && { ...agent.work, wave: 2 } });
});

export const lateAgent = lateCall('call whose second agent is late', (stage) => {
  const agent = lastAgent(stage);
  stage.change({ ...agent, wave: 2, work: agent.work && { ...agent.work, wave: 3 } });
});

export const lateAttributes = lateCall('call whose attributes are late', (stage, customer) => {
  stage.wave(2);
  const attributes = [['score', stage.canary('attribute')]] as const;
  stage.note({ kind: 'attributes', participantId: customer.participantId, attributes });
});

/** The start of the agent's session is lost for ever; its end says enough. */
export const lostStart: Story = (stage) => {
  const customer = call(stage);
  const agent = stage.agent({ disconnect: 'PEER' });
  stage.change({ ...agent, startUnheard: true });
  stage.leave(customer, 'PEER');
  return stage.script('call whose agent never started', phone(stage));
};

/** Attribute keys that break naive code, in a conversation whose id does the same. */
export const oddKeys: Story = (stage) => {
  const customer = call(stage);
  const keys = ['', '__proto__', 'constructor', 'a.b[0]', '  two  spaces '];
  const attributes = keys.map((key) => [key, stage.canary('attribute')] as const);
  stage.note({ kind: 'attributes', participantId: customer.participantId, attributes });
  stage.agent({ disconnect: 'PEER' });
  stage.leave(customer, 'PEER');
  return stage.script('call with odd keys', phone(stage));
};
