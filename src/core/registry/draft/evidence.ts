import type { CarriedFormat } from '../../event';
import { type Envelope, readEnvelope } from '../../formats/envelope';
import { adapters } from '../../formats/read-events';
import type { JsonObject } from '../../json';
import type { SchemaRegistry } from '../../schema-registry';

/** A type in a known envelope that the registry has no subject for. */
export interface UnknownType {
  readonly format: CarriedFormat;
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

/** Something in a message that a subject describes, or would if there were one. */
export interface Part {
  readonly format: CarriedFormat;
  /** Of an event: what its carrier calls it. Empty for envelopes and wrappers. */
  readonly name: string;
  /** Null for an unknown type. */
  readonly subject: string | null;
  readonly value: JsonObject;
}

/** Wrappers and envelope, outermost first, then the events. Nothing of a message that is not JSON, or in no envelope that we know. */
export const partsOf = (body: string, registry: SchemaRegistry): readonly Part[] => {
  const envelope = readEnvelope(body);
  if ('reason' in envelope) return [];
  const { format } = envelope;
  return [
    ...envelope.shapes.map(({ subject, object }) => ({ format, name: '', subject, value: object })),
    ...adapters[format](envelope, registry).map(({ subject, name, payload }) => ({
      format,
      name: templateOf(name, envelope),
      subject: subject?.subject ?? null,
      value: payload,
    })),
  ];
};

const push = (groups: Map<string, JsonObject[]>, key: string, value: JsonObject): void => {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
};

export const gatherEvidence = (bodies: readonly string[], registry: SchemaRegistry): Evidence => {
  const known = new Map<string, JsonObject[]>();
  const unknown = new Map<string, JsonObject[]>();
  for (const { subject, format, name, value } of bodies.flatMap((body) => partsOf(body, registry))) {
    if (subject !== null) push(known, subject, value);
    else if (name !== '') push(unknown, `${format} ${name}`, value);
  }
  const types = [...unknown]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, found]) => {
      const at = key.indexOf(' ');
      return { format: key.slice(0, at) as CarriedFormat, name: key.slice(at + 1), bodies: found };
    });
  return { known, unknown: types };
};
