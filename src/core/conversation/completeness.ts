import type { CanonicalEvent } from '../event';
import { orderDistinct } from '../order';
import { awaitsAfterCallWork } from './after-call-work';
import { type Ending, findEnding } from './ending';
import { type Mapped, mapEvents, type MapperOf } from './mappers';
import { collectSessions, type Session } from './sessions';

/** As much of the fold as it takes to say whether a conversation is over. */
export interface Outline {
  readonly mapped: Mapped;
  readonly sessions: readonly Session[];
  readonly awaits: boolean;
  readonly ending: Ending;
}

export const outline = (ordered: readonly CanonicalEvent[], mapperOf: MapperOf): Outline => {
  const mapped = mapEvents(ordered, mapperOf);
  const sessions = collectSessions(mapped.events);
  const awaits = awaitsAfterCallWork(mapped.events, sessions);
  return {
    mapped,
    sessions,
    awaits,
    ending: findEnding({ ordered, events: mapped.events, sessions, awaitsAfterCallWork: awaits }),
  };
};

/** Whether these events alone would look complete, by the fold's own rule. */
export const lookAtEvents = (events: readonly CanonicalEvent[], mapperOf: MapperOf) => {
  const { ending, awaits } = outline(orderDistinct(events), mapperOf);
  return { complete: ending.isComplete, awaitsAfterCallWork: awaits };
};
