import { compare, itemBytes, textOf, type Attribute, type Item } from './attribute';
import { nameOf, parseCondition, valueOf, type Condition, type Placeholders } from './condition';
import { placeIn } from './sorted';
import type { Table } from './table';
import { readUnits, type Tally } from './units';

export interface QueryCall extends Placeholders {
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ConsistentRead?: boolean;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** Of sort keys: those that lie neither before nor after it. */
interface Range {
  readonly liesBefore: (key: Attribute) => boolean;
  readonly liesAfter: (key: Attribute) => boolean;
}

const never = (): boolean => false;

const below = (limit: Attribute) => (key: Attribute) => compare(key, limit) < 0;
const above = (limit: Attribute) => (key: Attribute) => compare(key, limit) > 0;

const rangeOf = (condition: Condition | undefined, placeholders: Placeholders): Range => {
  const read = (operand: string): Attribute => valueOf(operand, undefined, placeholders)!;
  if (condition === undefined) return { liesBefore: never, liesAfter: never };
  if (condition.kind === 'between') return { liesBefore: below(read(condition.from)), liesAfter: above(read(condition.to)) };
  if (condition.kind === 'begins') {
    const prefix = read(condition.prefix);
    return { liesBefore: below(prefix), liesAfter: (key) => !(key.S ?? '').startsWith(prefix.S ?? '') };
  }
  if (condition.kind === 'compare' && ['<=', '>=', '='].includes(condition.by)) {
    const limit = read(condition.right);
    return {
      liesBefore: condition.by === '<=' ? never : below(limit),
      liesAfter: condition.by === '>=' ? never : above(limit),
    };
  }
  throw new Error(`Expected a range of sort keys, got ${JSON.stringify(condition)}.`);
};

const pageBytes = 1_048_576;

/** Up to the limit, or to a megabyte. */
const pageOf = (items: readonly Item[], { Limit = Infinity, ExclusiveStartKey: after }: QueryCall) => {
  const from = after === undefined ? 0 : items.findIndex((item) => textOf(item, 'sk') === textOf(after, 'sk')) + 1;
  let [to, bytes] = [from, 0];
  while (to < items.length && to - from < Limit && bytes < pageBytes) bytes += itemBytes(items[to++]!);
  return { items: items.slice(from, to), bytes, isLast: to === items.length };
};

export const query = (call: QueryCall, table: Table, tally: Tally): object => {
  const condition = parseCondition(call.KeyConditionExpression);
  const parts = condition.kind === 'all' ? condition.parts : [condition];
  const [partitionName, sortName] = call.IndexName === undefined ? ['pk', 'sk'] : ['dueOn', 'dueAt'];
  const isOnPartition = (part: Condition): boolean => part.kind === 'compare' && nameOf(part.left, call) === partitionName;
  const on = parts.find(isOnPartition);
  if (on?.kind !== 'compare') throw new Error(`Expected a condition on ${partitionName}, got none.`);
  const key = valueOf(on.right, undefined, call)?.S ?? '';
  const list = call.IndexName === undefined ? table.partition(key) : table.due(key);
  const { liesBefore, liesAfter } = rangeOf(
    parts.find((part) => !isOnPartition(part)),
    call,
  );
  const from = placeIn(list, (item) => liesBefore(item[sortName]!));
  const to = placeIn(list, (item) => !liesAfter(item[sortName]!));
  const found = list.slice(from, to);
  const page = pageOf(call.ScanIndexForward === false ? found.reverse() : found, call);
  tally.read += readUnits(page.bytes, call.ConsistentRead === true);
  const last = page.items.at(-1);
  return {
    Items: page.items,
    Count: page.items.length,
    ...(last && !page.isLast ? { LastEvaluatedKey: { pk: last['pk'], sk: last['sk'] } } : {}),
  };
};
