import type { ConversationMetrics, TransferKind } from '../record';
import { queueWaitsOfDetails, timeInState } from './detail-times';
import type { DurationCheck } from './durations';
import type { DurationName, MappedEvent } from './facts';
import { queueWaitsOfFeed } from './queue-waits';
import { interacted } from './sessions';
import type { Span } from './states';

const countTransfers = (events: readonly MappedEvent[]): Pick<ConversationMetrics, 'transfers' | 'transfersByKind'> => {
  const kinds = events.map(({ facts }) => facts.transfer).filter((kind) => kind !== null);
  const transfersByKind: Record<TransferKind, number> = {
    blind: 0,
    consult: 0,
    conference: 0,
    forward: 0,
    noAnswer: 0,
    notAvailable: 0,
    doNotDisturb: 0,
    other: 0,
  };
  for (const kind of kinds) transfersByKind[kind] += 1;
  return { transfers: kinds.length, transfersByKind };
};

type Times = Pick<ConversationMetrics, 'talkMs' | 'holdMs' | 'alertMs' | 'queueWaitMs' | 'afterCallWorkMs'>;

const total = (events: readonly MappedEvent[], name: DurationName, check: DurationCheck): number | null =>
  check.sum(
    events.map(({ facts }) => facts.durations[name]),
    `the sum of ${name}`,
  );

const timesOfFeed = (events: readonly MappedEvent[], check: DurationCheck): Times => ({
  talkMs: total(events, 'talk', check),
  holdMs: total(events, 'hold', check),
  alertMs: total(events, 'alert', check),
  queueWaitMs: check.sum(queueWaitsOfFeed(events, check), 'the sum of queueWait'),
  afterCallWorkMs: total(events, 'afterCallWork', check),
});

const timesOfDetails = (events: readonly MappedEvent[], spans: readonly Span[], check: DurationCheck): Times => ({
  talkMs: timeInState(spans, 'connected', check),
  holdMs: total(events, 'hold', check),
  alertMs: timeInState(spans, 'ringing', check),
  queueWaitMs: check.sum(queueWaitsOfDetails(events, check), 'the sum of queueWait'),
  afterCallWorkMs: total(events, 'afterCallWork', check),
});

/**
 * After Genesys's own analytics. `counted` are the events that count: of conflicting ones the last. A conversation that came
 * in both formats is counted from the real feed, which tells more; adding the two would count it twice.
 */
export const measure = (counted: readonly MappedEvent[], spans: readonly Span[], check: DurationCheck): ConversationMetrics => {
  const feed = counted.filter(({ event }) => event.format === 'genesys');
  const isFeed = feed.length > 0;
  const times = isFeed ? timesOfFeed(feed, check) : timesOfDetails(counted, spans, check);
  const { talkMs, holdMs, afterCallWorkMs } = times;
  const reaching = [total(feed, 'dialing', check), total(feed, 'contacting', check)];
  return {
    ...times,
    handleMs: check.sum([talkMs, holdMs, afterCallWorkMs, ...reaching], 'handleMs'),
    ...countTransfers(isFeed ? feed : counted),
    abandoned: isFeed ? feed.some(({ facts }) => facts.abandoned) && !feed.some(interacted) : null,
  };
};
