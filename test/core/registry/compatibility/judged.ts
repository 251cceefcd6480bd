import type { ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../../../../src/core/json';
import { judgeVersion, type Neighbours, type VersionVerdict } from '../../../../src/core/registry/compatibility/compatibility';
import { createCompiler } from '../../../../src/core/registry/compiler';
import type { CompatibilityMode, Subject } from '../../../../src/core/registry/subject';
import { validateTolerantly } from '../../../../src/core/registry/verdict';

/* A subject with versions of its own, judged, and the same schemas as validators: what is said is held against what is so. */

const common = { subject: 'subject', version: 2, owner: 'test', note: 'test' };

export const arriving = (compatibility: CompatibilityMode, dependsOn: readonly string[] = []): Subject => ({
  ...common,
  kind: 'envelope',
  dependsOn,
  compatibility,
});

export const emitted: Subject = { ...common, kind: 'output', compatibility: 'full' };

const alone: Neighbours = { find: () => undefined, upcast: () => false };

/** The newest of the versions against those before it. */
export const judge = (subject: Subject, versions: readonly JsonObject[], neighbours: Partial<Neighbours> = {}): VersionVerdict =>
  judgeVersion(subject, versions, versions.length, { ...alone, ...neighbours });

const compiler = createCompiler();

const compiled = new WeakMap<JsonObject, ValidateFunction>();

const compile = (schema: JsonObject): ValidateFunction => {
  const known = compiled.get(schema) ?? compiler.compile(schema);
  compiled.set(schema, known);
  return known;
};

/** Null for what is no schema by the registry's strict rules. */
export const validatorOf = (schema: JsonObject): ValidateFunction | null => {
  try {
    return compile(schema);
  } catch {
    return null;
  }
};

/** How what arrives departs from a schema, as the worker sees it: `kind path`. An error at the root is fatal and named so. */
export const driftBy = (schema: JsonObject, value: Json): readonly string[] => {
  const verdict = validateTolerantly({ versions: [schema], check: compile(schema) }, [])(value);
  return verdict.ok ? verdict.drift.map(({ kind, path }) => `${kind} ${path}`) : [`fatal ${verdict.detail}`];
};
