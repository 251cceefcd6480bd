import { readEnvelope } from '../../formats/envelope';
import { readEvents } from '../../formats/read-events';
import type { RejectionReason } from '../../rejection';
import { createSchemaRegistry, type SchemaRegistry } from '../../schema-registry';
import type { Proposal } from './draft';
import { partsOf } from './evidence';
import type { RegistryFile } from '../folder';
import { asReleased } from '../lock';

/** Messages that no schema frees. */
export interface Stuck {
  readonly reason: RejectionReason;
  readonly detail: string;
  readonly count: number;
}

export interface Outcome {
  readonly messages: number;
  /** Admitted before the proposal already. */
  readonly admitted: number;
  /** Refused before it, admitted by it. */
  readonly freed: number;
  /** Of those, by each subject that refused them. */
  readonly freedBySubject: ReadonlyMap<string, number>;
  /** Subjects of messages that it frees, or that depart less from it. */
  readonly helped: ReadonlySet<string>;
  /** Admitted with drift, before and by it. */
  readonly drifting: { readonly before: number; readonly after: number };
  /** The most frequent first. */
  readonly stuck: readonly Stuck[];
}

type Refusal = Pick<Stuck, 'reason' | 'detail'>;

interface Judged {
  readonly refusal: Refusal | null;
  /** Departures; 0 of a refused message. */
  readonly drift: number;
}

const judge = (body: string, registry: SchemaRegistry): Judged => {
  const envelope = readEnvelope(body);
  if ('reason' in envelope) return { refusal: envelope, drift: 0 };
  const { rejection, drift } = readEvents(envelope, registry, []);
  return { refusal: rejection, drift: rejection === null ? drift.length : 0 };
};

/** Details that differ in numbers alone are one. */
const countStuck = (refusals: readonly Refusal[]): readonly Stuck[] => {
  const groups = new Map<string, Stuck>();
  for (const { reason, detail } of refusals) {
    const key = `${reason} ${detail.replaceAll(/\d+/g, '0')}`;
    const known = groups.get(key) ?? { reason, detail, count: 0 };
    groups.set(key, { reason, detail: detail < known.detail ? detail : known.detail, count: known.count + 1 });
  }
  return [...groups].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1)).map(([, stuck]) => stuck);
};

/** The subjects that refused a message; of an unknown type, the one that is new. */
const refusers = (body: string, before: SchemaRegistry, after: SchemaRegistry): readonly string[] => {
  const known = new Set(before.subjects.map(({ subject }) => subject));
  const refusing = partsOf(body, after).flatMap(({ subject, value }) =>
    subject !== null && !(known.has(subject) && before.validate(subject, value).ok) ? [subject] : [],
  );
  return [...new Set(refusing)];
};

const countEach = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** The registry as it would be with the proposals released. Throws if it would not be sound. */
export const registryWith = (files: readonly RegistryFile[], proposals: readonly Proposal[]): SchemaRegistry =>
  createSchemaRegistry(asReleased([...files, ...proposals.flatMap((proposal) => proposal.files)]), undefined, 'when-asked');

/** Reads every message by both registries, as the worker would. */
export const judgeProposals = (bodies: readonly string[], before: SchemaRegistry, after: SchemaRegistry): Outcome => {
  const pairs = bodies.map((body) => ({ body, was: judge(body, before), is: judge(body, after) }));
  const freed = pairs.filter(({ was, is }) => was.refusal && !is.refusal);
  const helped = pairs.filter(({ was, is }) => !is.refusal && (was.refusal !== null || is.drift < was.drift));
  return {
    messages: bodies.length,
    admitted: pairs.filter(({ was }) => !was.refusal).length,
    freed: freed.length,
    freedBySubject: countEach(freed.flatMap(({ body }) => refusers(body, before, after))),
    helped: new Set(helped.flatMap(({ body }) => partsOf(body, after).flatMap(({ subject }) => subject ?? []))),
    drifting: {
      before: pairs.filter(({ was }) => was.drift > 0).length,
      after: pairs.filter(({ is }) => is.drift > 0).length,
    },
    stuck: countStuck(pairs.flatMap(({ is }) => is.refusal ?? [])),
  };
};
