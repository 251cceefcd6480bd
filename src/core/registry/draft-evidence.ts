import type { EventFormat } from '../event';
import { type Envelope, readEnvelope } from '../formats/envelope';
import { adapters } from '../formats/read-events';
import type { JsonObject } from '../json';
import type { SchemaRegistry } from '../schema-registry';

/** A type in a known envelope that the registry has no subject for. */
export interface UnknownType {
  readonly format: EventFormat;
  /** What its carrier calls it. */
  readonly name: string;
  readonly bodies: readonly JsonObject[];
}

/** What messages show of the subjects that they are made of: of envelopes and wrappers, too. */
export interface Evidence {
  /** Subject → what its schema describes, in every message that holds it. */
  readonly known: ReadonlyMap<string, readonly JsonObject[]>;
  /** By format and name. */
  readonly unknown: readonly UnknownType[];
}

const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A topic that arrives alone has its ids filled in; none of them may name a subject. */
const templateOf = (name: string, { bare }: Envelope): string =>
  bare
    ? name
        .split('.')
        .map((part) => (isUuid.test(part) ? '{id}' : part))
        .join('.')
    : name;

const push = (groups: Map<string, JsonObject[]>, key: string, value: JsonObject): void => {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
};

/** Messages that are not JSON, or in no envelope that we know, show nothing. */
export const gatherEvidence = (bodies: readonly string[], registry: SchemaRegistry): Evidence => {
  const known = new Map<string, JsonObject[]>();
  const unknown = new Map<string, JsonObject[]>();
  for (const body of bodies) {
    const envelope = readEnvelope(body);
    if ('reason' in envelope) continue;
    for (const { subject, object } of envelope.shapes) push(known, subject, object);
    for (const { subject, name, payload } of adapters[envelope.format](envelope, registry)) {
      if (subject) push(known, subject.subject, payload);
      else if (name !== '') push(unknown, `${envelope.format} ${templateOf(name, envelope)}`, payload);
    }
  }
  const types = [...unknown]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, found]) => {
      const at = key.indexOf(' ');
      return { format: key.slice(0, at) as EventFormat, name: key.slice(at + 1), bodies: found };
    });
  return { known, unknown: types };
};
