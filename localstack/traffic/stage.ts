import type { Mint } from './canary';
import type { Centre } from './centre';
import type { Chance } from './chance';
import type {
  Addresses,
  AgentLeg,
  AgentTimes,
  CustomerLeg,
  Direction,
  FlowLeg,
  Leg,
  Media,
  Note,
  QueueLeg,
  Script,
} from './script';
import type { Wave } from './traffic';

/** What a story starts from. */
export interface Seat {
  readonly conversationId: string;
  readonly startMs: number;
  readonly chance: Chance;
  readonly centre: Centre;
  readonly canary: (kind: Parameters<Mint>[0]) => string;
}

export interface AgentPlan {
  readonly media?: Media;
  readonly disconnect: string;
  /** Default: somebody else than before. */
  readonly userId?: string;
  /** Default: talks; null: never gets to it. */
  readonly talkMs?: number | null;
  readonly times?: Partial<AgentTimes>;
  /** After-call work. Default: told with the wave that the stage is at. */
  readonly work?: 'none' | Wave;
  /** `never`: nobody hears of its end. */
  readonly end?: 'never';
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * Where a story is played: a clock that the players move, and what they leave behind. Each call is something that somebody
 * does; it takes its time, and the clock stands at its end.
 */
export interface Stage extends Seat {
  readonly now: () => number;
  readonly pass: (lowMs: number, highMs: number) => void;
  /** Whatever happens from here on is told with that wave. */
  readonly wave: (wave: Wave) => void;
  readonly enter: (media: Media, direction: Direction, participantId?: string) => CustomerLeg;
  /** The customer leaves now; the others may still have work to do. */
  readonly leave: (customer: CustomerLeg, disconnect: string) => CustomerLeg;
  readonly flow: (plan: { readonly media: Media; readonly flowType: string; readonly disconnect: string }) => FlowLeg;
  readonly queue: (plan: { readonly media: Media; readonly outcome: QueueLeg['outcome'] }) => QueueLeg;
  readonly agent: (plan: AgentPlan) => AgentLeg;
  readonly note: (note: DistributiveOmit<Note, 'at' | 'wave'>) => void;
  readonly put: (leg: Leg) => void;
  /** Replaces what was put under that session. */
  readonly change: (changed: Leg) => void;
  readonly legs: () => readonly Leg[];
  readonly script: (story: string, addresses: Addresses, more?: Partial<Script>) => Script;
}

const noTimes: AgentTimes = { alertMs: null, dialMs: null, contactMs: null, talkMs: null, holdMs: null, callbackMs: null };
const seconds = (chance: Chance, low: number, high: number): number => chance.between(low * 1000, high * 1000);

const agentTimes = (chance: Chance, plan: AgentPlan): AgentTimes => ({
  ...noTimes,
  alertMs: seconds(chance, 1, 12),
  talkMs: plan.talkMs === undefined ? seconds(chance, 20, 600) : plan.talkMs,
  ...plan.times,
});

/** Five seconds to four minutes after the agent's session, long after the customer has left. */
const workAfter = (
  seat: Seat,
  plan: AgentPlan,
  times: AgentTimes,
  ended: { readonly at: number; readonly wave: Wave },
): AgentLeg['work'] => {
  if (plan.work === 'none' || plan.end === 'never' || times.talkMs === null) return null;
  const { chance, centre, canary } = seat;
  const workMs = seconds(chance, 5, 240);
  return {
    at: ended.at + workMs,
    durationMs: workMs - chance.between(0, 3000),
    code: chance.pick(centre.wrapUpCodes),
    notes: `Promised to call back, said ${canary('note')}`,
    wave: plan.work ?? ended.wave,
  };
};

export const openStage = (seat: Seat): Stage => {
  const { chance, centre } = seat;
  const legs: Leg[] = [];
  const notes: Note[] = [];
  let now = seat.startMs;
  let wave: Wave = 1;
  const skill = chance.happens(0.6) ? [chance.pick(centre.skillIds)] : [];
  const queueId = chance.pick(centre.queueIds);
  const who = (media: Media, direction: Direction = 'INBOUND') => ({
    participantId: chance.uuid(),
    sessionId: chance.uuid(),
    media,
    direction,
    wave,
  });
  const put = (leg: Leg): void => void legs.push(leg);
  const change = (changed: Leg): void => {
    const at = legs.findIndex(({ kind, sessionId }) => kind === changed.kind && sessionId === changed.sessionId);
    if (at === -1) throw new Error(`Expected a ${changed.kind} leg to change, got one that was never put`);
    legs[at] = changed;
  };
  const pass = (lowMs: number, highMs: number): void => void (now += chance.between(lowMs, highMs));

  const playAgent = (plan: AgentPlan): AgentLeg => {
    const media = plan.media ?? legs.find((leg) => leg.kind === 'customer')?.media ?? 'VOICE';
    const direction = legs.find((leg) => leg.kind === 'customer')?.direction ?? 'INBOUND';
    const times = agentTimes(chance, plan);
    const from = now;
    now += Object.values(times).reduce<number>((total, time) => total + (time ?? 0), chance.between(5, 400));
    const work = workAfter(seat, plan, times, { at: now, wave });
    const busy = legs.flatMap((leg) => (leg.kind === 'user' ? [leg.userId] : []));
    const userId = plan.userId ?? chance.pick(centre.userIds.filter((id) => !busy.includes(id)));
    const to = plan.end === 'never' ? null : now;
    const leg: AgentLeg = {
      ...who(media, direction),
      ...{ kind: 'user', from, to, disconnect: plan.disconnect, userId, queueId, times, work },
    };
    put(leg);
    return leg;
  };

  return {
    ...seat,
    now: () => now,
    pass,
    wave: (next) => void (wave = next),
    enter: (media, direction, participantId) => {
      const leg: CustomerLeg = { ...who(media, direction), kind: 'customer', from: now, to: null, disconnect: 'UNKNOWN' };
      const entered = participantId === undefined ? leg : { ...leg, participantId };
      put(entered);
      pass(20, 400);
      return entered;
    },
    leave: (customer, disconnect) => {
      pass(1, 300);
      const left = { ...customer, to: now, disconnect };
      change(left);
      return left;
    },
    flow: ({ media, flowType, disconnect }) => {
      const from = now;
      pass(2_000, 45_000);
      const leg: FlowLeg = {
        ...who(media),
        ...{ kind: 'flow', from, to: now, disconnect, flowId: chance.pick(centre.flowIds), flowType },
      };
      put(leg);
      return leg;
    },
    queue: ({ media, outcome }) => {
      const from = now;
      const waitMs = seconds(chance, 1, 90);
      // The event comes a little after the wait that it tells of.
      now += waitMs + chance.between(0, 40);
      const toldWaitMs = chance.happens(0.7) ? waitMs : null;
      const disconnect = outcome === 'ABANDON' ? 'PEER' : 'TRANSFER';
      const leg: QueueLeg = {
        ...who(media),
        ...{ kind: 'acd', from, to: now, disconnect, outcome, queueId, skillIds: skill, toldWaitMs },
      };
      put(leg);
      pass(1, 60);
      return leg;
    },
    agent: playAgent,
    note: (note) => {
      notes.push({ ...note, at: now, wave });
      pass(2, 50);
    },
    put,
    change,
    legs: () => legs,
    script: (story, addresses, more = {}) => ({
      story,
      conversationId: seat.conversationId,
      orgId: centre.orgId,
      divisionId: centre.divisionId,
      contactIds: [],
      addresses,
      legs: [...legs].sort((a, b) => a.from - b.from),
      notes,
      reopened: false,
      late: false,
      ...more,
    }),
  };
};
