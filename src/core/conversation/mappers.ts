import type { CanonicalEvent } from '../event';
import type { Anomaly } from '../record';
import type { MapperBodies } from '../schema-types/mapper-bodies';
import { detailMappers } from './detail-mappers';
import { type MappedEvent, type Mapper, noFacts } from './facts';
import { feedMappers } from './feed-mappers';
import { nameEvent } from './instant';

/** A correction is no word of the sender's: the fold takes it when it has put everything else together. */
const ownMappers = { correction: () => noFacts } as const satisfies Readonly<Record<keyof MapperBodies['tidemark'], Mapper>>;

/** Every mapper that a subject of the registry may name. */
export const mappers = { ...feedMappers, ...detailMappers, ...ownMappers } as const satisfies Record<string, Mapper>;

export type MapperName = keyof typeof mappers;

/** What the registry says of a subject; null where it is not reconstructed. */
export type MapperOf = (subject: string) => {
  readonly name: string;
  readonly version: number;
  /** Brings an event to the version that the mapper reads, where its own may be older. */
  readonly current?: (event: CanonicalEvent) => CanonicalEvent;
} | null;

export interface Mapped {
  /** In order. An event without a mapper, or one that could not be read, is not among them. */
  readonly events: readonly MappedEvent[];
  /** Mapper → version, of those that were used. */
  readonly mappers: Readonly<Record<string, number>>;
  readonly anomalies: readonly Anomaly[];
}

const isMapperName = (name: string): name is MapperName => Object.hasOwn(mappers, name);

/** One event that cannot be read must not cost the others: it is named, and stays in the lifecycle. */
const unreadable = (event: CanonicalEvent): Anomaly => ({
  kind: 'unreadable-event',
  detail: `Expected ${nameEvent(event)} to be readable by the mapper of ${event.subject}, which failed; only its lifecycle entry is kept.`,
});

export const mapEvents = (events: readonly CanonicalEvent[], mapperOf: MapperOf): Mapped => {
  const mapped: MappedEvent[] = [];
  const used = new Map<string, number>();
  const anomalies: Anomaly[] = [];
  for (const event of events) {
    try {
      const mapper = mapperOf(event.subject);
      if (!mapper || !isMapperName(mapper.name)) continue;
      used.set(mapper.name, mapper.version);
      const current = mapper.current?.(event) ?? event;
      const facts = mappers[mapper.name](current);
      mapped.push({ event: current, facts });
      anomalies.push(...facts.anomalies);
    } catch {
      anomalies.push(unreadable(event));
    }
  }
  return { events: mapped, mappers: Object.fromEntries([...used].sort()), anomalies };
};
