import type { DetailName, EnvelopeMedia, EnvelopeScript, EnvelopeState, Telling, Turn } from './envelope-script';
import type { Seat } from './stage';
import type { Wave } from './traffic';

/* Conversations that are told in detail envelopes. */

export type EnvelopeStory = (seat: Seat) => EnvelopeScript;

interface Plan {
  readonly story: string;
  readonly media: EnvelopeMedia;
  /** Told by a state change and, on the phone, by the call; `quiet`: by the call alone. */
  readonly transfer?: 'told' | 'quiet';
  readonly holds?: number;
  /** Queue, skills and wrap-up come with the last detail, with that wave; else with the first call detail. */
  readonly lateMetadata?: Wave;
  readonly ends?: false;
}

const second = 1000;

/** Plays a plan: a clock, the turns that the conversation takes, and what is told of them. */
const play = (seat: Seat, plan: Plan): EnvelopeScript => {
  const { chance, centre } = seat;
  const isVoice = plan.media === 'voice';
  const turns: Turn[] = [];
  const tellings: Telling[] = [];
  let now = seat.startMs;
  let wave: Wave = 1;
  const pass = (low: number, high: number): void => void (now += chance.between(low, high));
  const tell = (name: DetailName, data: Telling['data']): void => void tellings.push({ at: now, name, data, wave });
  const turn = (state: EnvelopeState, told = true): void => {
    turns.push({ state, at: now });
    if (told) tell('conversation:state', { status: state });
  };
  const tellCall = (name: DetailName, data: Telling['data'], afterMs: number): void => {
    if (!isVoice) return;
    now += afterMs;
    tell(name, data);
  };

  const [caller, callee] = isVoice ? [`+${seat.canary('number')}`, `+${seat.canary('number')}`] : [null, null];
  const [queueId, skillId, code] = [chance.pick(centre.queueIds), chance.pick(centre.skillIds), chance.pick(centre.wrapUpCodes)];
  const agentIds = chance.shuffle(centre.userIds).slice(0, plan.transfer ? 2 : 1);
  const customerId = chance.uuid();
  const routing = { queueId, skillIds: [skillId] };
  const call = { callerNumber: caller, calleeNumber: callee, direction: 'inbound' };
  const holds = plan.holds ?? 0;
  let holdSeconds = 0;

  const queuedAt = now;
  turns.push({ state: 'ringing', at: now });
  tell('conversation:state', { status: 'ringing', direction: 'inbound', ...(plan.lateMetadata ? {} : routing) });
  pass(10, 200);
  tell('participant:added', { participantId: customerId, purpose: 'customer' });
  pass(2 * second, 40 * second);
  const connectedAt = now;
  turn('connected');
  tellCall('voice:call:connected', { ...call, agentId: agentIds[0], holdDuration: 0 }, 250);
  for (let held = 0; held < holds; held += 1) {
    pass(5 * second, 60 * second);
    turn('onhold');
    const holdFor = chance.between(3, 50);
    now += holdFor * second;
    holdSeconds += holdFor;
    turn('connected');
    tellCall('voice:call:connected', { ...call, agentId: agentIds[0], holdDuration: holdFor }, 120);
  }
  if (plan.transfer) {
    pass(5 * second, 60 * second);
    const quiet = plan.transfer === 'quiet';
    turn('transfer', !quiet);
    tellCall('voice:call:transferred', { agentId: agentIds[1], queueId }, quiet ? 0 : 90);
    pass(second, 9 * second);
    turn('connected', !quiet);
    tellCall('voice:call:connected', { ...call, agentId: agentIds[1] }, quiet ? 0 : 80);
  }
  pass(10 * second, 300 * second);
  if (plan.ends !== false) {
    turn('disconnected');
    wave = plan.lateMetadata ?? 1;
    const durationSeconds = Math.round((now - seat.startMs) / second);
    pass(5 * second, 60 * second);
    const late = plan.lateMetadata ? routing : {};
    tell('conversation:state:updated', { duration: durationSeconds, wrapUpCode: code, wrapUpDuration: 12, ...late });
  }
  const ended = plan.ends !== false;
  return {
    story: plan.story,
    conversationId: seat.conversationId,
    orgId: chance.happens(0.5) ? centre.orgId : null,
    media: plan.media,
    direction: 'inbound',
    turns,
    tellings,
    participantIds: [customerId],
    queueIds: [queueId],
    skillIds: [skillId],
    agentIds: isVoice ? agentIds : [],
    wrapUpCodes: ended ? [code] : [],
    caller,
    callee,
    transfers: plan.transfer ? 1 : 0,
    holdSeconds: isVoice ? holdSeconds : null,
    workSeconds: ended ? 12 : null,
    durationSeconds: ended ? Math.round((turns.at(-1)!.at - seat.startMs) / second) : null,
    queueWaitMs: plan.lateMetadata ? null : connectedAt - queuedAt,
    late: plan.lateMetadata !== undefined && plan.lateMetadata > 1,
  };
};

const told =
  (plan: Plan): EnvelopeStory =>
  (seat) =>
    play(seat, plan);

export const envelopeCall = told({ story: 'envelope: call with holds', media: 'voice', holds: 2 });
export const envelopeTransfer = told({ story: 'envelope: transferred call', media: 'voice', holds: 1, transfer: 'told' });
export const envelopeQuietTransfer = told({
  story: 'envelope: transfer told by the call alone',
  media: 'voice',
  transfer: 'quiet',
});
export const envelopeChat = told({ story: 'envelope: chat', media: 'chat' });
export const envelopeTask = told({ story: 'envelope: task', media: 'task' });
export const envelopeLate = told({ story: 'envelope: metadata attached later', media: 'voice', lateMetadata: 2 });
export const envelopeNeverEnds = told({ story: 'envelope: never disconnected', media: 'voice', ends: false });
