import { isObject, type JsonObject, textOrNull } from '../json';
import type { ConversationState } from '../record';
import type { MapperBodies } from '../schema-types/mapper-bodies';
import type { EventWith, Fields } from './body-fields';
import { lowerOrNull, readDurations, textsIn, unitMs } from './body-reader';
import { type Facts, type Mapper, noFacts } from './facts';

/*
 * The detail envelope: one mapper per kind of detail. Its times are seconds, its names its own (`agentId`, `wrapUpCode`,
 * `callerNumber`). Queue, skills and wrap-up are often attached late, to any detail: they are read from all.
 */

type Bodies = MapperBodies['detail-envelope'];
type EndMark = keyof MapperBodies['conversation-end'];
type DetailEvent<Name extends keyof Bodies = keyof Bodies> = EventWith<Bodies[Name]>;
type Data<Name extends keyof Bodies = keyof Bodies> = Fields<Bodies[Name]['data']>;

const dataOf = ({ body }: DetailEvent): JsonObject => (isObject(body.data) ? body.data : {});

const readCommon = (event: DetailEvent): Facts => {
  const data: Data = dataOf(event);
  return {
    ...noFacts,
    mediaType: lowerOrNull(event.mediaType),
    direction: lowerOrNull(data.direction),
    caller: textOrNull(data.callerNumber),
    callee: textOrNull(data.calleeNumber),
    userId: textOrNull(data.agentId),
    queueId: textOrNull(data.queueId),
    skillIds: textsIn(data.skillIds),
    wrapUpCode: textOrNull(data.wrapUpCode),
    ...readDurations(event, data, { holdDuration: 'hold', wrapUpDuration: 'afterCallWork' }, unitMs.seconds),
  };
};

const states: ReadonlyMap<string, ConversationState> = new Map([
  ['ringing', 'ringing'],
  ['alerting', 'ringing'],
  ['connected', 'connected'],
  ['onhold', 'onhold'],
  ['held', 'onhold'],
  ['transfer', 'transfer'],
  ['disconnected', 'disconnected'],
]);

/** A status that is no state of ours is kept as the final status and changes no state. */
const mapState = (event: DetailEvent<'detail-state'>): Facts => {
  const data: Data<'detail-state'> = dataOf(event);
  const status = lowerOrNull(data.status);
  return { ...readCommon(event), status, state: status === null ? null : (states.get(status) ?? null) };
};

const mapStateUpdated = (event: DetailEvent<'detail-state-updated'>): Facts => {
  const common = readCommon(event);
  const data: Data<'detail-state-updated'> = dataOf(event);
  const total = readDurations(event, data, { duration: 'conversation' }, unitMs.seconds);
  return {
    ...common,
    durations: { ...common.durations, ...total.durations },
    anomalies: [...common.anomalies, ...total.anomalies],
  };
};

/** `voice:call:connected`, `voice:call:transferred`, and the same of other media: they enter a state where no state change did. */
const mapVoice = (event: DetailEvent<'detail-voice'>): Facts => {
  const transferred = event.type.endsWith(':transferred');
  const connected = event.type.endsWith(':connected');
  return {
    ...readCommon(event),
    transfer: transferred ? 'other' : null,
    state: transferred ? 'transfer' : connected ? 'connected' : null,
  };
};

export const detailMappers = {
  'detail-state': mapState,
  'detail-state-updated': mapStateUpdated,
  'detail-voice': mapVoice,
  'detail-participant': readCommon,
  /** `conversation.end`: says that it is over, and nothing else. */
  'end-mark': () => ({ ...noFacts, isEndMark: true }),
} as const satisfies { readonly [Name in keyof Bodies]: (event: DetailEvent<Name>) => Facts } & Readonly<Record<EndMark, Mapper>>;
