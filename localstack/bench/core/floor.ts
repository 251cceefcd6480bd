import { hash } from 'node:crypto';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import { fullFormats } from 'ajv-formats/dist/formats';
import { canonicalJson, type JsonObject } from '../../../src/core/json';
import type { SchemaRegistry } from '../../../src/core/schema-registry';
import { carriedIn } from './carried';

/** How many events a message holds, each with its hash; null where it is refused. */
export type Decode = (body: string) => number | null;

interface Checked {
  readonly check: ValidateFunction;
  /** JSON pointers of what is needed; an error elsewhere is none. */
  readonly needed: readonly string[];
}

const touches = ({ instancePath, params }: ErrorObject, needed: readonly string[]): boolean => {
  const missing: unknown = params['missingProperty'];
  const at = typeof missing === 'string' ? `${instancePath}/${missing}` : instancePath;
  return needed.some((pointer) => at.startsWith(pointer) || pointer.startsWith(at));
};

const isUsable = ({ check, needed }: Checked, value: unknown): boolean =>
  check(value) || !check.errors!.some((error) => touches(error, needed));

const pointer = (path: string): string => `/${path.replaceAll('.', '/')}`;

/** Every subject's newest version, compiled by Ajv, under the names that carriers use. */
const compileAll = (registry: SchemaRegistry): ReadonlyMap<string, Checked> => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, keywords: ['x-since'], formats: fullFormats });
  const checks = new Map<string, Checked>();
  for (const subject of registry.subjects) {
    if (subject.kind === 'output') continue;
    const newest = registry.versionsOf(subject.subject).at(-1)!;
    const checked: Checked = { check: ajv.compile(newest), needed: subject.dependsOn.map(pointer) };
    const names = subject.kind === 'event' ? [subject.name, ...subject.formerNames] : [subject.subject];
    for (const name of names) checks.set(name, checked);
  }
  return checks;
};

/**
 * The least that decodes, validates and identifies: one JSON.parse, Ajv's compiled schemas of the envelope and of each event, one
 * text with sorted keys, one SHA-256. It neither bounds what it parses, nor reports what the schema does not know, nor makes an
 * event of it; the text is Tidemark's own, which is the quickest that we know.
 */
export const createFloor = (registry: SchemaRegistry): Decode => {
  const checks = compileAll(registry);
  const isSound = (name: string, value: unknown): boolean => {
    const checked = checks.get(name);
    return checked !== undefined && isUsable(checked, value);
  };
  return (body) => {
    const carried = carriedIn(body);
    if (carried === null || !isSound(carried.envelope, carried.object)) return null;
    let hashed = 0;
    for (const { name, payload } of carried.events) {
      if (!isSound(name, payload)) return null;
      if (hash('sha256', canonicalJson(payload as JsonObject)) !== '') hashed++;
    }
    return hashed;
  };
};
