import type { ConversationDetails, WindowPage, WindowTable } from '../../../src/ports';
import type { Outside } from '../../../src/steps/outside';
import { memoryDeadLetterQueue } from '../../../src/memory/dead-letter-queue';
import { memoryRecordTopic } from '../../../src/memory/record-topic';
import { memoryStateMachine } from '../../../src/memory/state-machine';
import { memoryWindowTable } from '../../../src/memory/window-table';

/** One call of a port. Between any two of them another actor may come in. */
export interface Call {
  /** Port and method: `table.updateHead`. */
  readonly name: string;
  readonly args: readonly unknown[];
}

export type Answer = { readonly value: unknown } | { readonly error: Error };

export type Ask = (name: string, ...args: readonly unknown[]) => Promise<unknown>;

/** A page of a window, and the key it ended with: null after the last. */
export interface PageAnswer {
  readonly page: WindowPage;
  readonly lastKey: string | null;
}

/** A port whose every method only asks. */
const asking = <P extends object>(ask: Ask, name: string, port: P): P =>
  Object.fromEntries(
    Object.keys(port).map((method) => [method, (...args: readonly unknown[]) => ask(`${name}.${method}`, ...args)]),
  ) as P;

const askingTable = (ask: Ask): WindowTable => ({
  ...asking(ask, 'table', memoryWindowTable()),
  readWindow: async function* (...window) {
    for (let after: string | null = ''; after !== null;) {
      const { page, lastKey } = (await ask('table.readWindow', ...window, after)) as PageAnswer;
      yield page;
      after = lastKey;
    }
  },
});

type AskedPorts = Pick<Outside, 'table' | 'stateMachine' | 'topic' | 'deadLetters' | 'details'>;

/** Everything outside a worker that it shares with others, as calls to be answered. */
export const askingPorts = (ask: Ask, hasDetails: boolean): AskedPorts => {
  const details: ConversationDetails = { fetch: () => Promise.reject(new Error('never called')) };
  return {
    table: askingTable(ask),
    stateMachine: asking(ask, 'stateMachine', memoryStateMachine()),
    topic: asking(ask, 'topic', memoryRecordTopic()),
    deadLetters: asking(ask, 'deadLetters', memoryDeadLetterQueue('walk')),
    details: hasDetails ? asking(ask, 'details', details) : null,
  };
};

/** Maps say nothing to JSON by themselves. */
const plain = (_key: string, value: unknown): unknown => (value instanceof Map ? [...(value as Map<unknown, unknown>)] : value);

/** Nothing and null are two answers: a refused update is null, a publication nothing. */
export const textOf = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value, plain));
