import type { Conversation } from './analytics';

/* What a conversation filter says, as far as it speaks of the conversation itself. */

interface Predicate {
  readonly type?: string;
  readonly dimension?: string;
  /** Default `matches`. */
  readonly operator?: string;
  readonly value?: string;
}

interface Clause {
  readonly type?: string;
  readonly predicates?: readonly Predicate[];
}

export interface Filter extends Clause {
  readonly clauses?: readonly Clause[];
}

/** Dimensions and the field of a conversation that each looks at. */
const dimensions: ReadonlyMap<string, string> = new Map([
  ['conversationId', 'conversationId'],
  ['conversationStart', 'conversationStart'],
  ['conversationEnd', 'conversationEnd'],
  ['originatingDirection', 'originatingDirection'],
  ['divisionId', 'divisionIds'],
  ['externalTag', 'externalTag'],
]);

const predicatesOf = (filter: Filter): readonly Predicate[] =>
  [filter, ...(filter.clauses ?? [])].flatMap(({ predicates = [] }) => predicates);

/** What of the filters the fake cannot do, or the API would not take; null: nothing. */
export const problemOf = (filters: readonly Filter[]): string | null => {
  for (const filter of filters) {
    for (const { type } of [filter, ...(filter.clauses ?? [])])
      if (type !== 'and' && type !== 'or') return `type of a filter must be and or or, not ${String(type)}`;
    for (const { type = 'dimension', dimension = '', operator = 'matches' } of predicatesOf(filter)) {
      if (type !== 'dimension') return `the fake knows predicates of type dimension, not ${type}`;
      if (!dimensions.has(dimension))
        return `the fake knows the dimensions ${[...dimensions.keys()].join(', ')}, not ${dimension}`;
      if (!['matches', 'exists', 'notExists'].includes(operator)) return `operator ${operator} is not one of a dimension`;
    }
  }
  return null;
};

/** Ids that the filters ask for by name. */
export const idsIn = (filters: readonly Filter[]): readonly string[] =>
  filters
    .flatMap(predicatesOf)
    .filter(({ dimension, operator = 'matches' }) => dimension === 'conversationId' && operator === 'matches')
    .map(({ value = '' }) => value);

const holds = ({ dimension = '', operator = 'matches', value }: Predicate, conversation: Conversation): boolean => {
  const found = conversation[dimensions.get(dimension) ?? ''];
  const values = (Array.isArray(found) ? found : [found]).filter((one) => one !== undefined && one !== null) as unknown[];
  if (operator === 'exists') return values.length > 0;
  return operator === 'notExists' ? values.length === 0 : values.includes(value);
};

const clauseHolds = ({ type, predicates = [] }: Clause, conversation: Conversation, others: readonly boolean[] = []): boolean => {
  const each = [...predicates.map((predicate) => holds(predicate, conversation)), ...others];
  return type === 'and' ? each.every(Boolean) : each.some(Boolean);
};

/** A conversation must pass every filter. */
export const passes = (filters: readonly Filter[], conversation: Conversation): boolean =>
  filters.every((filter) => {
    const clauses = (filter.clauses ?? []).map((clause) => clauseHolds(clause, conversation));
    return clauseHolds(filter, conversation, clauses);
  });
