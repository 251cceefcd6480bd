import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beginBudget, type BudgetErrand, type BudgetState, runErrands } from '../core/budget';
import { createWaitingLine } from '../core/budget-waits';
import { keys, tableLayout } from '../core/items';
import type { Clock, Log, Random, RequestBudget } from '../ports';
import { expirySeconds, type Item } from '../table/item-codec';
import { getItem, type Table } from './table';

/*
 * The budget is one item, written only as it was last seen. What a worker remembers of it is nearly always still true, or too
 * hopeful: then the write is refused, and the item that is there says more. Only too gloomy it cannot be for long: the buckets fill
 * by themselves. So a request costs one write, and a refusal nothing.
 *
 *   errands gather ──► done on what is remembered ──► nothing changed: answered
 *        ▲                  ▲                    └──► put, if the item is as remembered ──► answered
 *        │                  └───────── read again ◄───────── it is not
 *        └── while one flight is under way
 */

export interface BudgetOutside extends Table {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'fraction' | 'id'>;
  readonly log: Log;
}

export interface BudgetSettings {
  /** Names the OAuth client: by its id, or by the secret that holds it. */
  readonly client: string;
  readonly requestsPerMinute: number;
}

/** Each lost race is another worker's success, so there is no need to wait between two tries. */
const tries = 10;
/** What is remembered longer is read again: somebody may have deleted the item, to have it forgotten. */
const rememberedMs = 60_000;
/** Longer than anything in it holds. */
const expiryMs = 172_800_000;
/** Where the table does not answer: its own breaker does the rest. */
const troubleMs = 5_000;

interface Seen {
  readonly state: BudgetState;
  /** Drawn by who wrote it; null where there is no item. */
  readonly version: string | null;
}

const readSeen = (item: Item | null, begin: () => BudgetState): Seen =>
  item?.['layout'] === tableLayout
    ? { state: JSON.parse(String(item['json'])) as BudgetState, version: String(item['version']) }
    : { state: begin(), version: null };

/** Puts the item if it is as it was seen. Else what is there instead, null where that is not said. */
const swap = async ({ dynamo, tableName, clock }: BudgetOutside, client: string, seen: Seen, next: Seen) => {
  const expiresAt = expirySeconds(clock.nowMs() + expiryMs);
  const item = {
    ...keys.quota(client),
    layout: tableLayout,
    ...next,
    state: undefined,
    json: JSON.stringify(next.state),
    expiresAt,
  };
  const expected =
    seen.version === null
      ? { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } }
      : {
          ConditionExpression: '#version = :was',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':was': seen.version },
        };
  try {
    const tellOld = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
    await dynamo.send(new PutCommand({ TableName: tableName, Item: item, ...expected, ...tellOld }));
    return 'put';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // Still as DynamoDB spells it: only answers are read for us, not refusals.
    return error.Item
      ? Object.fromEntries(Object.entries(error.Item).map(([name, value]) => [name, value.S ?? Number(value.N)]))
      : null;
  }
};

/** Does errands on the item, whatever others do to it meanwhile; answers their waits, null when all tries were in vain. */
const createFlights = (outside: BudgetOutside, { client, requestsPerMinute }: BudgetSettings) => {
  const { clock, random } = outside;
  let seen: (Seen & { readonly atMs: number }) | null = null;

  const read = async (found: Item | null = null): Promise<Seen> => {
    const item = found ?? (await getItem(outside, keys.quota(client)));
    const read = readSeen(item, () => beginBudget(requestsPerMinute, clock.nowMs()));
    seen = { ...read, atMs: clock.nowMs() };
    return read;
  };

  return async (errands: readonly BudgetErrand[]): Promise<readonly (number | null)[] | null> => {
    let now: Seen = seen && clock.nowMs() - seen.atMs < rememberedMs ? seen : await read();
    for (let attempt = 0; attempt < tries; attempt++) {
      const { state, waits } = runErrands(now.state, errands, requestsPerMinute, clock.nowMs());
      if (state === now.state) return waits;
      const next: Seen = { state, version: random.id() };
      const there = await swap(outside, client, now, next);
      if (there === 'put') {
        seen = { ...next, atMs: clock.nowMs() };
        return waits;
      }
      now = await read(there);
      // Refused, and yet it is ours: the answer to a first attempt was lost, and the SDK made a second.
      if (now.version === next.version) return waits;
    }
    return null;
  };
};

interface Waiting {
  readonly errand: BudgetErrand;
  /** Null: nobody knows. */
  readonly settle: (waitMs: number | null) => void;
}

/** One flight at a time: who comes meanwhile flies with the next. */
const createDesk = (outside: BudgetOutside, settings: BudgetSettings) => {
  const fly = createFlights(outside, settings);
  let waiting: readonly Waiting[] = [];
  let isFlying = false;
  let isFailing = false;

  const settleAll = (some: readonly Waiting[], waits: readonly (number | null)[] | null): void =>
    some.forEach(({ settle }, place) => settle(waits?.[place] ?? null));

  const flyAll = async (): Promise<void> => {
    isFlying = true;
    while (waiting.length > 0) {
      const some = waiting;
      waiting = [];
      try {
        settleAll(some, await fly(some.map(({ errand }) => errand)));
        isFailing = false;
      } catch (error) {
        // Said once, however long it lasts; and who came meanwhile need not find out by themselves.
        if (!isFailing)
          outside.log.warn('The budget of requests to Genesys cannot be reached; nothing is asked of it.', {}, error);
        isFailing = true;
        settleAll([...some, ...waiting], null);
        waiting = [];
      }
    }
    isFlying = false;
  };

  return (errand: BudgetErrand): Promise<number | null> =>
    new Promise((settle) => {
      waiting = [...waiting, { errand, settle }];
      if (!isFlying) void flyAll();
    });
};

/** Never rejects: where the budget is not known, nobody asks for a while. */
export const dynamoRequestBudget = (outside: BudgetOutside, settings: BudgetSettings): RequestBudget => {
  const { clock, random } = outside;
  const desk = createDesk(outside, settings);
  const place = createWaitingLine(settings.requestsPerMinute);
  return {
    take: async (ask) => {
      const waitMs = (await desk({ kind: 'take', ask })) ?? troubleMs;
      return { waitMs: waitMs > 0 ? place(ask, waitMs, clock.nowMs(), random.fraction()) : 0 };
    },
    learn: async (heard) => {
      await desk({ kind: 'learn', heard });
    },
  };
};
