import type { Entry } from '../core/formats/entry';
import { type Envelope, readEnvelope } from '../core/formats/envelope';
import { parseObject } from '../core/formats/parse';
import type { Json } from '../core/json';
import { closestVersion, type ClosestVersion, faultsIn, nearestTypes, type NearType } from '../core/on-call/closest-schema';
import { readLetterEntries } from '../core/on-call/letter-entries';
import { maskBody, type Masked, type Zone } from '../core/on-call/masked-body';
import { maskedExample } from '../core/registry/example';
import type { SchemaRegistry } from '../core/schema-registry';

/** A body as it may be shown, and how it stands to the schemas. */
export interface Examined {
  /** Wrappers that were taken off it, outermost first. */
  readonly wrappedIn: readonly string[];
  readonly masked: Masked;
  /** Of its first event that is not sound; of the first one if all are. */
  readonly closest: ClosestVersion | null;
  /** Where the registry does not know its type. */
  readonly near: readonly NearType[];
}

const schemaOf = (registry: SchemaRegistry, subject: string) => registry.versionsOf(subject).at(-1) ?? null;

const zoneOf = (registry: SchemaRegistry, subject: string, value: Json): Zone => {
  const verdict = registry.validate(subject, value);
  return { schema: schemaOf(registry, subject), faults: verdict.ok ? [] : faultsIn(verdict.detail) };
};

const unknownType = { path: '$', problem: 'no schema is filed for its type', came: null };

const entryZone = (registry: SchemaRegistry, { subject, payload }: Entry): Zone =>
  subject ? zoneOf(registry, subject.subject, payload) : { schema: null, faults: [unknownType] };

const isSound = (registry: SchemaRegistry, { subject, payload }: Entry): boolean =>
  subject !== null && registry.validate(subject.subject, payload).ok;

const examineEnvelope = (registry: SchemaRegistry, envelope: Envelope): Examined => {
  const { entries } = readLetterEntries(envelope, registry);
  const shape = envelope.shapes.at(-1);
  const outer = shape ? zoneOf(registry, shape.subject, envelope.object) : { schema: null, faults: [] };
  const zones = new Map(entries.map((entry) => [entry.payload as Json, entryZone(registry, entry)]));
  const worst = entries.find((entry) => !isSound(registry, entry)) ?? entries[0];
  return {
    wrappedIn: envelope.shapes.slice(0, -1).map(({ subject }) => subject),
    masked: maskBody(envelope.object, outer, zones),
    closest: worst?.subject ? closestVersion(registry, worst.subject, worst.payload) : null,
    near: worst && !worst.subject ? nearestTypes(registry, worst.name, worst.payload) : [],
  };
};

/** Never rejects for what a body holds; what cannot be read is shown by its shape. */
export const examineBody = (registry: SchemaRegistry, body: string): Examined => {
  const envelope = readEnvelope(body);
  if (!('reason' in envelope)) return examineEnvelope(registry, envelope);
  const parsed = parseObject(body, 'the body');
  const masked: Masked =
    'object' in parsed
      ? maskBody(parsed.object, { schema: null, faults: [] }, new Map())
      : { kind: 'scalar', value: `‹not a JSON object; it begins ${maskedExample(body)}›`, notes: [] };
  return { wrappedIn: [], masked, closest: null, near: [] };
};
