import type { Json } from '../../json';
import { domainOf } from './values';
import { exactJson } from '../exact-json';
import { narrowing, unjudged, widening, type SchemaChange } from './change';
import type { SchemaPair } from './pair';

interface Limit {
  readonly types: readonly string[];
  /** `least`: a higher one narrows; `most`: a lower one; `rule`: another one may do both. */
  readonly kind: 'least' | 'most' | 'rule';
  /** As good as none. */
  readonly none?: Json;
}

const numbers = ['integer', 'number'];
const limits: ReadonlyMap<string, Limit> = new Map<string, Limit>([
  ['minimum', { types: numbers, kind: 'least' }],
  ['exclusiveMinimum', { types: numbers, kind: 'least' }],
  ['maximum', { types: numbers, kind: 'most' }],
  ['exclusiveMaximum', { types: numbers, kind: 'most' }],
  ['multipleOf', { types: numbers, kind: 'rule' }],
  ['minLength', { types: ['string'], kind: 'least', none: 0 }],
  ['maxLength', { types: ['string'], kind: 'most' }],
  ['pattern', { types: ['string'], kind: 'rule' }],
  ['format', { types: ['string'], kind: 'rule' }],
  ['minItems', { types: ['array'], kind: 'least', none: 0 }],
  ['maxItems', { types: ['array'], kind: 'most' }],
  ['uniqueItems', { types: ['array'], kind: 'rule', none: false }],
  ['minProperties', { types: ['object'], kind: 'least', none: 0 }],
  ['maxProperties', { types: ['object'], kind: 'most' }],
]);

export const isLimit = (keyword: string): boolean => limits.has(keyword);

const compareLimit = (pair: SchemaPair, keyword: string, { kind, none }: Limit): readonly SchemaChange[] => {
  const [before = none, after = none] = [pair.before.schema[keyword], pair.after.schema[keyword]];
  if (before === after) return [];
  const text = (value: Json): string => `${keyword} ${exactJson(value)}`;
  const isNone = (value: Json | undefined): value is undefined => value === undefined || value === none;
  if (isNone(before)) return [narrowing(pair.path, `${text(after ?? null)} added`)];
  if (isNone(after)) return [widening(pair.path, `${text(before)} taken off`)];
  const what = `${text(before)} became ${exactJson(after)}`;
  if (kind === 'rule') return exactJson(before) === exactJson(after) ? [] : [unjudged(pair.path, what)];
  const isTighter = kind === 'least' ? Number(after) > Number(before) : Number(after) < Number(before);
  return [(isTighter ? narrowing : widening)(pair.path, what)];
};

/** Bounds, lengths, patterns. They count only for types that both versions let in: any other is a change of type already. */
export const compareLimits = (pair: SchemaPair): readonly SchemaChange[] => {
  const keywords = new Set([...Object.keys(pair.before.schema), ...Object.keys(pair.after.schema)].filter(isLimit));
  if (keywords.size === 0) return [];
  const before = domainOf(pair.before.schema, pair.rules).types;
  const after = domainOf(pair.after.schema, pair.rules).types;
  return [...keywords].flatMap((keyword) => {
    const limit = limits.get(keyword);
    return limit?.types.some((type) => before.has(type) && after.has(type)) ? compareLimit(pair, keyword, limit) : [];
  });
};
