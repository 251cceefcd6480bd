import type { Notification } from '../../../src/core/items';
import type { DeadLetter } from '../../../src/ports';
import { type Call, textOf } from './calls';
import { interned } from './interned';
import type { SmallWorld } from './small-worlds';
import { performOnTable, type Table } from './table';

type Where = 'visible' | 'in hand' | 'deleted';

/** What the workers share, as it lies there between two calls. Never changed, only followed by another. */
export interface Shared {
  readonly table: Table;
  /** Input by name. */
  readonly executions: ReadonlyMap<string, string>;
  /** Texts that were published, each once. */
  readonly published: ReadonlySet<string>;
  readonly deadLetters: readonly string[];
  /** By message: visible, in somebody's hand, or deleted. */
  readonly queue: ReadonlyMap<string, Where>;
  /** Questions that Genesys was asked. */
  readonly asked: number;
}

export interface Performed {
  readonly shared: Shared;
  readonly value: unknown;
}

export const beginShared = (world: SmallWorld): Shared => ({
  table: { head: null, items: new Map() },
  executions: new Map(),
  published: new Set(),
  deadLetters: [],
  queue: new Map(world.messages.map(({ message }) => [message.id, 'visible'])),
  asked: 0,
});

const move = (shared: Shared, ids: readonly string[], to: Where): Shared => ({
  ...shared,
  queue: new Map([...shared.queue].map(([id, where]) => [id, ids.includes(id) && where !== 'deleted' ? to : where])),
});

const publish = (shared: Shared, notifications: readonly Notification[]): Performed => ({
  shared: { ...shared, published: new Set([...shared.published, ...notifications.map(textOf)]) },
  value: undefined,
});

const start = (shared: Shared, execution: { readonly name: string; readonly input: string }): Performed =>
  shared.executions.has(execution.name)
    ? { shared, value: 'already' }
    : { shared: { ...shared, executions: new Map([...shared.executions, [execution.name, execution.input]]) }, value: 'started' };

const performDownstream = (world: SmallWorld, shared: Shared, { name, args }: Call): Performed => {
  switch (name) {
    case 'stateMachine.start':
      return start(shared, args[0] as { readonly name: string; readonly input: string });
    case 'topic.publish':
      return publish(shared, [args[0] as Notification]);
    case 'topic.publishAll':
      return publish(shared, args[0] as readonly Notification[]);
    case 'deadLetters.setAside':
      return {
        shared: { ...shared, deadLetters: [...shared.deadLetters, (args[0] as DeadLetter).message.body] },
        value: 'with-attributes',
      };
    case 'details.fetch': {
      const answer = world.details![Math.min(shared.asked, world.details!.length - 1)]!;
      const value = new Map((args[0] as readonly string[]).map((id) => [id, answer]));
      return { shared: { ...shared, asked: shared.asked + 1 }, value };
    }
    default:
      throw new Error(`Expected a call that the walked world knows, got ${name}.`);
  }
};

const performOnQueue = (world: SmallWorld, shared: Shared, { name, args }: Call): Performed => {
  const ids = args[0] as readonly string[];
  switch (name) {
    case 'queue.receive': {
      const received = world.messages.map(({ message }) => message).filter(({ id }) => ids.includes(id));
      return { shared: move(shared, ids, 'in hand'), value: received };
    }
    case 'queue.delete':
      return { shared: move(shared, ids, 'deleted'), value: undefined };
    case 'queue.handBack':
      return { shared: move(shared, ids, 'visible'), value: undefined };
    default:
      throw new Error(`Expected a call that the walked queue knows, got ${name}.`);
  }
};

export const perform = (world: SmallWorld, shared: Shared, call: Call): Performed => {
  switch (call.name.split('.')[0]) {
    case 'clock':
      return { shared, value: undefined };
    case 'queue':
      return performOnQueue(world, shared, call);
    case 'table': {
      const { table, value } = performOnTable(shared.table, call.name, call.args, world.pageItems);
      return { shared: table === shared.table ? shared : { ...shared, table }, value };
    }
    default:
      return performDownstream(world, shared, call);
  }
};

/** States by number. Long texts are numbered, too, so that what tells two states apart is short. */
export const internedStates = () => {
  const texts = interned<string>((text) => text);
  const numbersOf = (some: Iterable<string>): string => [...some].map(texts.numberOf).sort().join();
  return interned<Shared>(({ table, executions, published, deadLetters, queue, asked }) =>
    [
      JSON.stringify(table.head?.value),
      numbersOf([...table.items.values()].map(({ text }) => text)),
      numbersOf([...executions].flatMap(([name, input]) => name + input)),
      numbersOf(published),
      deadLetters.length,
      [...queue.values()].join(),
      asked,
    ].join(' '),
  );
};
