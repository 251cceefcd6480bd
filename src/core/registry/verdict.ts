import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../json';
import { enumExample, maskedExample } from './example';
import { oldestKnowing } from './known-fields';
import { placeAt, typeOf, type Place } from './place';
import { plainlySound } from './plainly-sound';
import { viewOf } from './view';

/**
 * A departure from the newest schema that does not stop us. Its path holds no item numbers and no free keys, so there are few.
 *
 *   unknown-field   not null, and the newest schema does not name it
 *   unknown-value   the right type, but not among the listed values or outside of a limit
 *   changed-type    another JSON type than the schema's
 *   missing-field   `required` by the newest schema and not there, where we do not depend on it. A field that is not required
 *                   may be absent from any message: what Genesys does not know it leaves out, so one absence says nothing.
 */
export interface Drift {
  /** JSONPath from the value that was validated: `$.mediaType`, `$.callbackNumbers[*]`, `$.attributes.*`. */
  readonly path: string;
  readonly kind: 'unknown-field' | 'unknown-value' | 'changed-type' | 'missing-field';
  /** What stood there, customer data masked. */
  readonly example: string;
  /** Oldest version that knows every field of the message; null when none does. */
  readonly oldestVersion: number | null;
}

export type Verdict =
  | { readonly ok: true; readonly version: number; readonly drift: readonly Drift[] }
  | { readonly ok: false; readonly detail: string };

export type Validate = (value: unknown) => Verdict;

/** The versions of a subject with what the newest is compiled to. */
export interface Compiled {
  /** v1 first, at least one. */
  readonly versions: readonly JsonObject[];
  readonly check: ValidateFunction;
}

const driftLimit = 20;
const errorsNamed = 5;
const detailLimit = 500;

const driftKinds: Readonly<Record<string, Drift['kind']>> = { type: 'changed-type', required: 'missing-field' };

const keysOf = (error: ErrorObject): readonly string[] => {
  const keys = error.instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const named: unknown = error.params['missingProperty'] ?? error.params['additionalProperty'];
  return typeof named === 'string' ? [...keys, named] : keys;
};

/** Never a value: where, what was expected, the JSON type that came. Ajv's messages quote the schema, not the data. */
const explain = (error: ErrorObject, place: Place): string =>
  error.keyword === 'required'
    ? `${place.path} is required, came nothing`
    : `${place.path} ${error.message ?? error.keyword}, came ${typeOf(place.value)}`;

const failure = (texts: readonly string[]): Verdict => {
  const more = texts.length > errorsNamed ? `; and ${texts.length - errorsNamed} more` : '';
  return { ok: false, detail: `${texts.slice(0, errorsNamed).join('; ')}${more}`.slice(0, detailLimit) };
};

const isWithin = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

/** At, inside or around one of the fields: `$.detail` is around `$.detail.eventBody`, and `$` around all, even if there is none. */
export const touches = (path: string, fields: readonly string[]): boolean =>
  path === '$' || fields.some((field) => isWithin(path, field) || isWithin(field, path));

/** The departures of one message, each path and kind once, with the first example. */
const collectDrift = () => {
  const found = new Map<string, Omit<Drift, 'oldestVersion'>>();
  return {
    note: (kind: Drift['kind'], { path, value }: Place, show = maskedExample): void => {
      const key = `${kind} ${path}`;
      if (found.size < driftLimit && !found.has(key)) found.set(key, { path, kind, example: show(value) });
    },
    allOf: (value: Json, versions: readonly JsonObject[]): readonly Drift[] => {
      if (found.size === 0) return [];
      const oldestVersion = oldestKnowing(versions, value);
      return [...found.values()].map((one) => ({ ...one, oldestVersion }));
    },
  };
};

/** For what arrives: an error where we depend on it rejects, every other departure is drift. */
export const validateTolerantly = ({ versions, check }: Compiled, dependsOn: readonly string[]): Validate => {
  const fields = dependsOn.map((field) => `$.${field}`);
  const version = versions.length;
  const schema = versions.at(-1) ?? {};
  const isPlainlySound = plainlySound(schema);
  const sound: Verdict = { ok: true, version, drift: [] };
  return (value) => {
    if (isPlainlySound(value as Json)) return sound;
    const drift = collectDrift();
    const view = viewOf(schema, value as Json, '$', (path, member) => drift.note('unknown-field', { path, value: member }));
    if (check(view)) return { ok: true, version, drift: drift.allOf(value as Json, versions) };
    const errors = (check.errors ?? []).map((error) => ({ error, place: placeAt(schema, view, keysOf(error)) }));
    const fatal = errors.filter(({ place }) => touches(place.path, fields));
    if (fatal.length > 0) return failure(fatal.map(({ error, place }) => explain(error, place)));
    const mistyped = new Set(errors.filter(({ error }) => error.keyword === 'type').map(({ error }) => error.instancePath));
    for (const { error, place } of errors) {
      // A value of another type is in no list and within no limit either: one departure, not three.
      if (error.keyword !== 'type' && mistyped.has(error.instancePath)) continue;
      drift.note(driftKinds[error.keyword] ?? 'unknown-value', place, error.keyword === 'enum' ? enumExample : maskedExample);
    }
    return { ok: true, version, drift: drift.allOf(value as Json, versions) };
  };
};

/** For what we emit: any error is our bug. */
export const validateStrictly = ({ versions, check }: Compiled): Validate => {
  const schema = versions.at(-1) ?? {};
  return (value) =>
    check(value)
      ? { ok: true, version: versions.length, drift: [] }
      : failure((check.errors ?? []).map((error) => explain(error, placeAt(schema, value as Json, keysOf(error)))));
};
