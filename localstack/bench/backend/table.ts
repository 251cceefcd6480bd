type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type Items = Map<string, Item>;

export interface ItemCall {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConditionExpression?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: object;
}

const keyOf = (item: Item): string => JSON.stringify([item['pk'], item['sk']]);

export const getItem = ({ Key }: ItemCall, items: Items): Answer => {
  const found = items.get(keyOf(Key!));
  return { status: 200, body: found === undefined ? {} : { Item: found } };
};

/** Whatever its condition says, it is taken for "unless there is one": nothing expires within a benchmark. */
export const putItem = ({ Item: item, ConditionExpression }: ItemCall, items: Items): Answer => {
  const stands = ConditionExpression === undefined ? undefined : items.get(keyOf(item!));
  if (stands === undefined) {
    items.set(keyOf(item!), item!);
    return { status: 200, body: {} };
  }
  const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
  return { status: 400, body: { __type: type, message: 'The conditional request failed', Item: stands } };
};
