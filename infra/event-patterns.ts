import { openSchemaRegistry } from '../src/schema-files';

/** What an event must be for a rule to take it, in EventBridge's own words. */
export interface EventPattern {
  readonly source: readonly { readonly prefix: string }[];
  readonly 'detail-type'?: readonly string[];
}

/** EventBridge's limit, in characters of JSON, for a pattern; more is granted to nobody by default. */
export const longestPattern = 2_048;

/** Detail-types of the events that the registry knows, by all names that they ever had. */
const registeredTypes = (): readonly string[] =>
  openSchemaRegistry()
    .eventSubjects.filter(({ format }) => format === 'genesys' || format === 'conversation-end')
    .flatMap(({ name, formerNames }) => [name, ...formerNames])
    .sort();

/** One pattern for everything of these sources: what is not known reaches the worker, which sets it aside where it is seen. */
export const patternOfAll = (prefixes: readonly string[]): EventPattern => ({ source: prefixes.map((prefix) => ({ prefix })) });

/** As many patterns as it takes to name every registered type; no event fits two of them. */
export const patternsOfRegistered = (prefixes: readonly string[]): readonly [EventPattern, ...EventPattern[]] => {
  const patterns: EventPattern[] = [];
  let types: string[] = [];
  const withTypes = (): EventPattern => ({ ...patternOfAll(prefixes), 'detail-type': types });
  for (const type of registeredTypes()) {
    types = [...types, type];
    if (JSON.stringify(withTypes()).length <= longestPattern) continue;
    types = types.slice(0, -1);
    patterns.push(withTypes());
    types = [type];
  }
  return [withTypes(), ...patterns];
};
