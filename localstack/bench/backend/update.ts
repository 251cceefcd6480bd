import type { Attribute, Item } from './attribute';
import { nameOf, valueOf, type Operand, type Placeholders } from './condition';
import { cursorOver, onceForEach, type Cursor } from './tokens';

/** `otherwise`: only where the attribute is not there yet. */
type Assignment = { readonly name: Operand; readonly value: Operand; readonly unlessThere: Operand | null };

export interface Update {
  readonly set: readonly Assignment[];
  readonly add: readonly (readonly [name: Operand, value: Operand])[];
  readonly remove: readonly Operand[];
}

const listOf = <T>(cursor: Cursor, read: () => T): readonly T[] => {
  const list = [read()];
  while (cursor.takes(',')) list.push(read());
  return list;
};

const assignment = (cursor: Cursor): Assignment => {
  const name = cursor.next();
  cursor.expects('=');
  if (!cursor.takes('if_not_exists')) return { name, value: cursor.next(), unlessThere: null };
  cursor.expects('(');
  const unlessThere = cursor.next();
  cursor.expects(',');
  const value = cursor.next();
  cursor.expects(')');
  return { name, value, unlessThere };
};

export const parseUpdate = onceForEach((text): Update => {
  const cursor = cursorOver(text);
  let update: Update = { set: [], add: [], remove: [] };
  while (!cursor.isAtEnd()) {
    if (cursor.takes('SET')) update = { ...update, set: listOf(cursor, () => assignment(cursor)) };
    else if (cursor.takes('ADD')) update = { ...update, add: listOf(cursor, () => [cursor.next(), cursor.next()] as const) };
    else if (cursor.takes('REMOVE')) update = { ...update, remove: listOf(cursor, () => cursor.next()) };
    else throw new Error(`Expected SET, ADD or REMOVE in ${JSON.stringify(text)}, got "${cursor.next()}".`);
  }
  return update;
});

/** All values are read from the item as it was. */
export const applyUpdate = (update: Update, before: Item, placeholders: Placeholders): Item => {
  const after: Record<string, Attribute> = { ...before };
  const read = (operand: Operand): Attribute => {
    const value = valueOf(operand, before, placeholders);
    if (value === undefined) throw new Error(`Expected a value for "${operand}", got none.`);
    return value;
  };
  for (const { name, value, unlessThere } of update.set) {
    const there = unlessThere === null ? undefined : valueOf(unlessThere, before, placeholders);
    after[nameOf(name, placeholders)] = there ?? read(value);
  }
  for (const [operand, value] of update.add) {
    const name = nameOf(operand, placeholders);
    after[name] = { N: String(Number(before[name]?.N ?? 0) + Number(read(value).N)) };
  }
  const removed = update.remove.map((operand) => nameOf(operand, placeholders));
  return removed.length === 0 ? after : Object.fromEntries(Object.entries(after).filter(([name]) => !removed.includes(name)));
};
