import { compare, equal, type Attribute, type Item } from './attribute';
import { cursorOver, onceForEach, type Cursor } from './tokens';

/** What the placeholders of a call stand for. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** An attribute or a value, by placeholder or by its own name. */
export type Operand = string;

type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'exists'; readonly name: Operand }
  | { readonly kind: 'begins'; readonly name: Operand; readonly prefix: Operand }
  | { readonly kind: 'between'; readonly name: Operand; readonly from: Operand; readonly to: Operand }
  | { readonly kind: 'compare'; readonly left: Operand; readonly by: Comparator; readonly right: Operand };

const comparators: readonly string[] = ['=', '<>', '<', '<=', '>', '>='] satisfies readonly Comparator[];
const isComparator = (text: string): text is Comparator => comparators.includes(text);

const called = (cursor: Cursor, name: string): Condition => {
  cursor.expects('(');
  const subject = cursor.next();
  const prefix = name === 'begins_with' ? (cursor.expects(','), cursor.next()) : null;
  cursor.expects(')');
  if (prefix !== null) return { kind: 'begins', name: subject, prefix };
  const exists: Condition = { kind: 'exists', name: subject };
  return name === 'attribute_exists' ? exists : { kind: 'not', part: exists };
};

const one = (cursor: Cursor): Condition => {
  if (cursor.takes('NOT')) return { kind: 'not', part: one(cursor) };
  if (cursor.takes('(')) {
    const inner = any(cursor);
    cursor.expects(')');
    return inner;
  }
  const left = cursor.next();
  if (['attribute_exists', 'attribute_not_exists', 'begins_with'].includes(left)) return called(cursor, left);
  if (cursor.takes('BETWEEN')) {
    const from = cursor.next();
    cursor.expects('AND');
    return { kind: 'between', name: left, from, to: cursor.next() };
  }
  const by = cursor.next();
  if (!isComparator(by)) throw new Error(`Expected a comparison, got "${by}".`);
  return { kind: 'compare', left, by, right: cursor.next() };
};

const chain = (cursor: Cursor, kind: 'all' | 'any', word: string, read: (cursor: Cursor) => Condition): Condition => {
  const first = read(cursor);
  const parts = [first];
  while (cursor.takes(word)) parts.push(read(cursor));
  return parts.length === 1 ? first : { kind, parts };
};
const all = (cursor: Cursor): Condition => chain(cursor, 'all', 'AND', one);
const any = (cursor: Cursor): Condition => chain(cursor, 'any', 'OR', all);

export const parseCondition = onceForEach((text): Condition => {
  const cursor = cursorOver(text);
  const condition = any(cursor);
  if (!cursor.isAtEnd()) throw new Error(`Expected the end of ${JSON.stringify(text)}, got "${cursor.next()}".`);
  return condition;
});

export const nameOf = (operand: Operand, { ExpressionAttributeNames }: Placeholders): string =>
  operand.startsWith('#') ? (ExpressionAttributeNames?.[operand] ?? operand) : operand;

export const valueOf = (operand: Operand, item: Item | undefined, placeholders: Placeholders): Attribute | undefined =>
  operand.startsWith(':') ? placeholders.ExpressionAttributeValues?.[operand] : item?.[nameOf(operand, placeholders)];

const compares = (left: Attribute | undefined, by: Comparator, right: Attribute | undefined): boolean => {
  if (by === '=') return equal(left, right);
  if (by === '<>') return !equal(left, right);
  if (left === undefined || right === undefined) return false;
  const order = compare(left, right);
  switch (by) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
};

/** Of an item that is not there, nothing holds but absences. */
export const holds = (condition: Condition, item: Item | undefined, placeholders: Placeholders): boolean => {
  const read = (operand: Operand): Attribute | undefined => valueOf(operand, item, placeholders);
  switch (condition.kind) {
    case 'all':
      return condition.parts.every((part) => holds(part, item, placeholders));
    case 'any':
      return condition.parts.some((part) => holds(part, item, placeholders));
    case 'not':
      return !holds(condition.part, item, placeholders);
    case 'exists':
      return read(condition.name) !== undefined;
    case 'begins':
      return read(condition.name)?.S?.startsWith(read(condition.prefix)?.S ?? '\0') ?? false;
    case 'between':
      return (
        compares(read(condition.name), '>=', read(condition.from)) && compares(read(condition.name), '<=', read(condition.to))
      );
    case 'compare':
      return compares(read(condition.left), condition.by, read(condition.right));
  }
};
