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

/** Who takes part, and what is known of them: drawn before anything happens. */
const castFor = ({ chance, centre, canary }: Seat, plan: Plan) => {
  const isVoice = plan.media === 'voice';
  return {
    isVoice,
    customerId: chance.uuid(),
    agentIds: chance.shuffle(centre.userIds).slice(0, plan.transfer ? 2 : 1),
    routing: { queueId: chance.pick(centre.queueIds), skillIds: [chance.pick(centre.skillIds)] },
    code: chance.pick(centre.wrapUpCodes),
    caller: isVoice ? `+${canary('number')}` : null,
    callee: isVoice ? `+${canary('number')}` : null,
  };
};

/** Where it is played: a clock, the turns that the conversation takes, and what is told of them. */
const openScene = ({ chance, startMs }: Seat, isVoice: boolean) => {
  const turns: Turn[] = [];
  const tellings: Telling[] = [];
  let now = startMs;
  const pass = (low: number, high = low): void => void (now += chance.between(low, high));
  const tell = (name: DetailName, data: Telling['data'], wave: Wave = 1): void =>
    void tellings.push({ at: now, name, data, wave });
  return {
    ...{ turns, tellings, pass, tell },
    now: () => now,
    turn: (state: EnvelopeState, isTold = true, more: Telling['data'] = {}): void => {
      turns.push({ state, at: now });
      if (isTold) tell('conversation:state', { status: state, ...more });
    },
    /** Only the phone has details of its own. */
    tellCall: (name: DetailName, data: Telling['data'], afterMs: number): void => {
      if (!isVoice) return;
      pass(afterMs);
      tell(name, data);
    },
  };
};

type Scene = ReturnType<typeof openScene>;
type Cast = ReturnType<typeof castFor>;

const ring = (scene: Scene, cast: Cast, plan: Plan): void => {
  scene.turn('ringing', true, { direction: 'inbound', ...(plan.lateMetadata ? {} : cast.routing) });
  scene.pass(10, 200);
  scene.tell('participant:added', { participantId: cast.customerId, purpose: 'customer' });
  scene.pass(2 * second, 40 * second);
};

const connect = (scene: Scene, cast: Cast, more: { readonly holdDuration: number }): void => {
  const { caller, callee, agentIds } = cast;
  scene.turn('connected');
  const call = { callerNumber: caller, calleeNumber: callee, direction: 'inbound', agentId: agentIds[0] };
  scene.tellCall('voice:call:connected', { ...call, ...more }, 250);
};

const hold = (scene: Scene, cast: Cast, holdSeconds: number): void => {
  scene.pass(5 * second, 60 * second);
  scene.turn('onhold');
  scene.pass(holdSeconds * second);
  connect(scene, cast, { holdDuration: holdSeconds });
};

const transfer = (scene: Scene, { agentIds, routing }: Cast, isQuiet: boolean): void => {
  const agentId = agentIds[1];
  scene.pass(5 * second, 60 * second);
  scene.turn('transfer', !isQuiet);
  scene.tellCall('voice:call:transferred', { agentId, queueId: routing.queueId }, isQuiet ? 0 : 90);
  scene.pass(second, 9 * second);
  scene.turn('connected', !isQuiet);
  scene.tellCall('voice:call:connected', { agentId }, isQuiet ? 0 : 80);
};

const workSeconds = 12;

/** Answers how long it lasted, as it is told: in whole seconds. */
const end = (scene: Scene, cast: Cast, plan: Plan): number => {
  scene.turn('disconnected');
  const duration = Math.round((scene.now() - scene.turns[0]!.at) / second);
  scene.pass(5 * second, 60 * second);
  const late = plan.lateMetadata ? cast.routing : {};
  const summary = { duration, wrapUpCode: cast.code, wrapUpDuration: workSeconds, ...late };
  scene.tell('conversation:state:updated', summary, plan.lateMetadata);
  return duration;
};

const play = (seat: Seat, plan: Plan): EnvelopeScript => {
  const { chance, centre, conversationId } = seat;
  const cast = castFor(seat, plan);
  const scene = openScene(seat, cast.isVoice);
  const holds = Array.from({ length: plan.holds ?? 0 }, () => chance.between(3, 50));
  ring(scene, cast, plan);
  const waitedMs = scene.now() - seat.startMs;
  connect(scene, cast, { holdDuration: 0 });
  holds.forEach((holdSeconds) => hold(scene, cast, holdSeconds));
  if (plan.transfer) transfer(scene, cast, plan.transfer === 'quiet');
  scene.pass(10 * second, 300 * second);
  const isOver = plan.ends !== false;
  const durationSeconds = isOver ? end(scene, cast, plan) : null;
  return {
    ...{ story: plan.story, conversationId, media: plan.media, direction: 'inbound' },
    orgId: chance.happens(0.5) ? centre.orgId : null,
    ...{ turns: scene.turns, tellings: scene.tellings },
    participantIds: [cast.customerId],
    queueIds: [cast.routing.queueId],
    skillIds: cast.routing.skillIds,
    agentIds: cast.isVoice ? cast.agentIds : [],
    wrapUpCodes: isOver ? [cast.code] : [],
    ...{ caller: cast.caller, callee: cast.callee },
    transfers: plan.transfer ? 1 : 0,
    holdSeconds: cast.isVoice ? holds.reduce((total, held) => total + held, 0) : null,
    workSeconds: isOver ? workSeconds : null,
    durationSeconds,
    queueWaitMs: plan.lateMetadata ? null : waitedMs,
    late: (plan.lateMetadata ?? 1) > 1,
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
