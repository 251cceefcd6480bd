import { isObject, type JsonObject } from '../json';
import { createCompiler } from '../registry/compiler';
import { propertySchema } from '../registry/place';
import { type Drift, type Verdict, validateTolerantly } from '../registry/verdict';
import type { EventSubject, SchemaRegistry } from '../schema-registry';
import type { Fault } from './masked-body';

/** How an event departs from the version of its schema that it departs from least. */
export interface ClosestVersion {
  readonly subject: string;
  readonly version: number;
  readonly newest: number;
  readonly faults: readonly Fault[];
  readonly drift: readonly Drift[];
}

/** A type that the registry knows, beside one that it does not. */
export interface NearType {
  readonly name: string;
  readonly subject: string;
  /** How many of the event's fields its schema names. */
  readonly knownFields: number;
  readonly fields: number;
}

/** What a verdict says is wrong; its texts are made for people, in one form. */
export const faultsIn = (detail: string): readonly Fault[] =>
  detail.split('; ').flatMap((text) => {
    const [, path, problem, came] = /^(\$\S*) (.+), came ([a-z]+)$/.exec(text) ?? [];
    return path === undefined || problem === undefined || came === undefined ? [] : [{ path, problem, came }];
  });

const weigh = (verdict: Verdict): number => (verdict.ok ? verdict.drift.length : 1_000 + faultsIn(verdict.detail).length);

interface Judged {
  readonly version: number;
  readonly verdict: Verdict;
}

/** The older versions judge by themselves, each as if it were the newest. */
function* judgedByOlder(
  registry: SchemaRegistry,
  { subject, dependsOn, version: newest }: EventSubject,
  payload: JsonObject,
): Iterable<Judged> {
  const versions = registry.versionsOf(subject);
  const compiler = createCompiler();
  for (let version = newest - 1; version > 0; version--) {
    const check = compiler.compile(versions[version - 1] ?? {});
    yield { version, verdict: validateTolerantly({ versions: versions.slice(0, version), check }, dependsOn)(payload) };
  }
}

/** Of equals the newest counts. */
export const closestVersion = (registry: SchemaRegistry, known: EventSubject, payload: JsonObject): ClosestVersion => {
  const { subject, version: newest } = known;
  let best: Judged = { version: newest, verdict: registry.validate(subject, payload) };
  if (weigh(best.verdict) > 0)
    for (const judged of judgedByOlder(registry, known, payload)) if (weigh(judged.verdict) < weigh(best.verdict)) best = judged;
  const { version, verdict } = best;
  return { subject, version, newest, faults: verdict.ok ? [] : faultsIn(verdict.detail), drift: verdict.ok ? verdict.drift : [] };
};

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '' && word !== 'id'),
  );

/** Share of the words that two names have in common. */
const alike = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
};

const knownFields = (schema: JsonObject, payload: JsonObject): number =>
  Object.keys(payload).filter((key) => propertySchema(schema, key) !== null).length;

const nearTypes = 3;

/** The known types with names most like this one, of equal ones those whose schema names more of its fields. */
export const nearestTypes = (registry: SchemaRegistry, name: string, payload: unknown): readonly NearType[] => {
  const words = wordsOf(name);
  const body = isObject(payload) ? payload : {};
  return registry.eventSubjects
    .map((subject) => {
      const schema = registry.versionsOf(subject.subject).at(-1) ?? {};
      const near = {
        name: subject.name,
        subject: subject.subject,
        knownFields: knownFields(schema, body),
        fields: Object.keys(body).length,
      };
      return { near, likeness: alike(words, wordsOf(subject.name)) };
    })
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || b.near.knownFields - a.near.knownFields || (a.near.name < b.near.name ? -1 : 1))
    .slice(0, nearTypes)
    .map(({ near }) => near);
};
