import { isObject, type Json } from '../core/json';

/** An event of Genesys, as far as a rule looks at it. */
export interface RuledEvent {
  readonly source: string;
}

/** Undefined: a matcher that is not known here. */
const matches = (matcher: Json, value: string): boolean | undefined => {
  if (typeof matcher === 'string') return matcher === value;
  if (!isObject(matcher)) return undefined;
  if (typeof matcher['prefix'] === 'string') return value.startsWith(matcher['prefix']);
  return undefined;
};

/** Whether a rule of this pattern takes events of the source: `all`, `some` by what else it asks for, `none`, or nobody here can say. */
export const taken = (pattern: string | null, { source }: RuledEvent): 'all' | 'some' | 'none' | 'unknown' => {
  const asked: unknown = pattern === null || pattern === '' ? null : JSON.parse(pattern);
  if (!isObject(asked)) return 'none';
  const { source: sources, ...others } = asked;
  const answers = Array.isArray(sources) ? sources.map((matcher: Json) => matches(matcher, source)) : [true];
  if (!answers.includes(true)) return answers.includes(undefined) ? 'unknown' : 'none';
  return Object.keys(others).length === 0 ? 'all' : 'some';
};
