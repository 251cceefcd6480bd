import { judge, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

/** A partner event source, as AWS tells it. */
export interface EventSourceSeen {
  readonly state: string;
  readonly expiresAtMs: number | null;
}

const expected = 'ACTIVE';

const todoFor: Readonly<Record<string, string>> = {
  PENDING:
    'Associate it with an event bus of its name (the setting eventSource of the stack does): what Genesys sends is lost until then.',
  DELETED: 'Set the integration up again at Genesys (`tidemark provision`): it has taken the source away, and nothing comes.',
};

const until = (expiresAtMs: number | null): string =>
  expiresAtMs === null ? '' : `, goes away at ${new Date(expiresAtMs).toISOString()}`;

/** The commonest silent loss: Genesys sends, and nobody takes it. */
export const judgeEventSource = (seen: Seen<EventSourceSeen>): readonly Finding[] =>
  ifSeen(
    seen,
    {
      check: 'partner source',
      expected,
      todo: 'Set the integration up at Genesys for this account and region: `tidemark provision --account ID --region REGION`.',
    },
    ({ state, expiresAtMs }) => [
      judge({
        check: 'partner source',
        expected,
        actual: state === 'PENDING' ? `${state}${until(expiresAtMs)}` : state,
        isRight: state === expected,
        todo: todoFor[state] ?? 'Look at it in the EventBridge console.',
      }),
    ],
  );
