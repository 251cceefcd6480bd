import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../json';
import { placeAt, typeOf, type Place } from './place';
import { viewOf } from './view';

/** A departure from the newest schema that does not stop us. Its path holds no item numbers and no free keys, so there are few. */
export interface Drift {
  /** JSONPath from the value that was validated: `$.mediaType`, `$.callbackNumbers[*]`, `$.attributes.*`. */
  readonly path: string;
  readonly kind: 'unknown-field' | 'unknown-value' | 'changed-type' | 'missing-field';
}

export type Verdict =
  | { readonly ok: true; readonly version: number; readonly drift: readonly Drift[] }
  | { readonly ok: false; readonly detail: string };

export type Validate = (value: unknown) => Verdict;

/** A schema with what it is compiled to. */
export interface Compiled {
  readonly version: number;
  readonly schema: JsonObject;
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
const touches = (path: string, fields: readonly string[]): boolean =>
  path === '$' || fields.some((field) => isWithin(path, field) || isWithin(field, path));

/** For what arrives: an error where we depend on it rejects, every other departure is drift. */
export const validateTolerantly = ({ version, schema, check }: Compiled, dependsOn: readonly string[]): Validate => {
  const fields = dependsOn.map((field) => `$.${field}`);
  return (value) => {
    const drift = new Map<string, Drift>();
    const note = (path: string, kind: Drift['kind']): void => {
      if (drift.size < driftLimit) drift.set(`${kind} ${path}`, { path, kind });
    };
    const view = viewOf(schema, value as Json, '$', (path) => note(path, 'unknown-field'));
    if (check(view)) return { ok: true, version, drift: [...drift.values()] };
    const errors = (check.errors ?? []).map((error) => ({ error, place: placeAt(schema, view, keysOf(error)) }));
    const fatal = errors.filter(({ place }) => touches(place.path, fields));
    if (fatal.length > 0) return failure(fatal.map(({ error, place }) => explain(error, place)));
    for (const { error, place } of errors) note(place.path, driftKinds[error.keyword] ?? 'unknown-value');
    return { ok: true, version, drift: [...drift.values()] };
  };
};

/** For what we emit: any error is our bug. */
export const validateStrictly =
  ({ version, schema, check }: Compiled): Validate =>
  (value) =>
    check(value)
      ? { ok: true, version, drift: [] }
      : failure((check.errors ?? []).map((error) => explain(error, placeAt(schema, value as Json, keysOf(error)))));
