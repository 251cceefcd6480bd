import type { JsonObject } from '../../json';
import type { SchemaRegistry } from '../../schema-registry';
import { type Evidence, gatherEvidence, type UnknownType } from './evidence';
import { draftSubject, subjectFor } from './draft-subject';
import { schemaId, type RegistryFile } from '../folder';
import type { Subject } from '../subject';
import { widenSchema } from './widen';
import type { Change } from './widen-where';

/** What messages ask of one subject. */
export interface Proposal {
  readonly subject: string;
  readonly version: number;
  /** The version before; null for a subject that is new. */
  readonly before: JsonObject | null;
  readonly changes: readonly Change[];
  /** The next version; of a new subject its manifest, too. */
  readonly files: readonly RegistryFile[];
  /** What only a person can decide. */
  readonly decide: readonly string[];
  /** Drift that goes on: what does not belong into a schema. */
  readonly left: readonly string[];
}

export interface Drafts {
  /** By subject. */
  readonly proposals: readonly Proposal[];
  /** Unknown types whose names no subject can bear. */
  readonly unnameable: number;
}

const descriptionLimit = 400;

const listed = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${what}${names.length === 1 ? '' : 's'} ${names.join(', ')}`];

/** In the words of the versions before: `Adds field utilizationLabel.` */
const describe = (changes: readonly Change[]): string => {
  const of = (kind: Change['kind']): readonly Change[] => changes.filter((change) => change.kind === kind);
  const paths = (kind: Change['kind']): readonly string[] => of(kind).map(({ path }) => path.slice(2));
  const sentences = [
    ...listed('Adds field', paths('field-added')),
    ...of('values-added').map(({ path, detail }) => `Adds ${path.slice(2)} ${detail}`),
    ...listed('Opens the values of field', paths('values-opened')),
    ...listed('Widens the type of field', paths('type-widened')),
    ...listed('No longer requires field', paths('requirement-dropped')),
  ];
  const text = `${sentences.join('. ')}.`;
  return text.length > descriptionLimit ? `${text.slice(0, descriptionLimit - 1)}…` : text;
};

const isAt = (path: string, field: string): boolean =>
  path === field || field.startsWith(`${path}.`) || path.startsWith(`${field}.`);

const decisions = (subject: Subject, changes: readonly Change[], dependsOn: readonly string[]): readonly string[] => {
  const retyped = changes.filter(({ kind }) => kind === 'type-widened');
  const needed = retyped.filter(({ path }) => dependsOn.some((field) => isAt(path, field)));
  const read = subject.kind === 'event' && subject.action === 'reconstruct' ? retyped.filter((one) => !needed.includes(one)) : [];
  return [
    ...needed.map(
      ({ path }) => `${path} is what Tidemark depends on: what reads it must learn its new type first, or an upcast give the old`,
    ),
    ...read.map(({ path }) => `${path} may be read by the mapper: see that it takes the new type, or add an upcast`),
    ...(subject.kind === 'event' ? ['x-since: the date of the Genesys release that brought this'] : []),
  ];
};

const nextVersion = (subject: Subject, before: JsonObject, values: readonly JsonObject[]): Proposal | null => {
  const changes: Change[] = [];
  const left = new Set<string>();
  const dependsOn = subject.kind === 'output' ? [] : subject.dependsOn.map((field) => `$.${field}`);
  const note = (change: Change): void => void changes.push(change);
  const schema = widenSchema(before, values, { path: '$', dependsOn, note, leave: (why) => left.add(why) });
  if (changes.length === 0) return null;
  const version = subject.version + 1;
  const rest = Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'x-since'));
  const content = { ...rest, $id: schemaId(subject.subject, version), description: describe(changes) };
  return {
    subject: subject.subject,
    version,
    before,
    changes,
    files: [{ path: `${subject.subject}/v${version}.json`, content }],
    decide: decisions(subject, changes, dependsOn),
    left: [...left],
  };
};

const nextVersions = ({ known }: Evidence, registry: SchemaRegistry): readonly Proposal[] =>
  registry.subjects.flatMap((subject) => {
    const proposal = nextVersion(subject, registry.versionsOf(subject.subject).at(-1) ?? {}, known.get(subject.subject) ?? []);
    return proposal === null ? [] : [proposal];
  });

const firstVersion = (unknown: UnknownType, subject: string, types: ReadonlySet<string>): Proposal => {
  const short = unknown.format === 'genesys' ? subject.replace(/^v2\./, '') : unknown.name;
  const files = draftSubject(unknown, subject, types.has(short) ? subject : short);
  return {
    subject,
    version: 1,
    before: null,
    changes: [],
    files,
    decide: ['owner and note; whether `pass` is what is to be done with it; x-since: the date of its Genesys release'],
    left: [],
  };
};

/** Folders that differ only in the case of their letters are one on some machines. */
const firstVersions = ({ unknown }: Evidence, registry: SchemaRegistry): Drafts => {
  const taken = new Set(registry.subjects.map(({ subject }) => subject.toLowerCase()));
  const types = new Set(registry.eventSubjects.map(({ type }) => type));
  const proposals: Proposal[] = [];
  for (const one of unknown) {
    const subject = subjectFor(one);
    if (subject === null || taken.has(subject.toLowerCase())) continue;
    taken.add(subject.toLowerCase());
    proposals.push(firstVersion(one, subject, types));
  }
  return { proposals, unnameable: unknown.length - proposals.length };
};

/** The versions by which these messages would be admitted without drift. The same for any order of the messages. */
export const draftProposals = (bodies: readonly string[], registry: SchemaRegistry): Drafts => {
  const evidence = gatherEvidence(bodies, registry);
  const { proposals, unnameable } = firstVersions(evidence, registry);
  const all = [...nextVersions(evidence, registry), ...proposals];
  return { proposals: all.sort((a, b) => (a.subject < b.subject ? -1 : 1)), unnameable };
};
