import type { IntakeHandler, IntakeQueue, Message } from '../../src/ports';

/** An empty queue that polls with two consumers, and what is needed to see what happens to it. */
export interface IntakeQueueSubject {
  readonly queue: IntakeQueue;
  readonly send: (bodies: readonly string[], attributes?: Readonly<Record<string, string>>) => Promise<void>;
  /** Lets time pass until the condition holds, long enough for a message that was handed back to come again; rejects if it does not. */
  readonly until: (condition: () => boolean) => Promise<void>;
  /** Messages in the queue, visible or in flight. */
  readonly remaining: () => Promise<number>;
  readonly nowMs: () => number;
}

export type Report = { readonly kind: 'started' | 'failed'; readonly poll: number } | MessagesReport;
interface MessagesReport {
  readonly kind: 'returned' | 'admit' | 'deleted' | 'kept';
  readonly poll?: number;
  readonly messages: readonly Message[];
}

type Admit = (batch: readonly Message[]) => readonly Message[] | Promise<readonly Message[]>;

export const admitAll: Admit = (batch) => batch;
export const admitNone: Admit = () => [];

/** Consumes, and writes down what the queue reports. */
export const consume = (
  { queue, until }: IntakeQueueSubject,
  admit: Admit,
  on: { readonly poll?: (hard: AbortController) => void; readonly ready?: IntakeHandler['ready'] } = {},
) => {
  const reports: Report[] = [];
  const [soft, hard] = [new AbortController(), new AbortController()];
  const handler: IntakeHandler = {
    ready: on.ready ?? (() => Promise.resolve()),
    pollStarted: (poll) => {
      reports.push({ kind: 'started', poll });
      on.poll?.(hard);
    },
    pollReturned: (poll, messages) => void reports.push({ kind: 'returned', poll, messages }),
    pollFailed: (poll) => void reports.push({ kind: 'failed', poll }),
    admit: async (messages) => {
      reports.push({ kind: 'admit', messages });
      return admit(messages);
    },
    deleted: (messages) => void reports.push({ kind: 'deleted', messages }),
    kept: (messages) => void reports.push({ kind: 'kept', messages }),
  };
  let isOver = false;
  const consuming = queue.consume(handler, { soft: soft.signal, hard: hard.signal }).then(() => (isOver = true));
  const messages = (kind: MessagesReport['kind']): readonly Message[] =>
    reports.flatMap((report) => (report.kind === kind && 'messages' in report ? report.messages : []));
  const bodies = (kind: MessagesReport['kind']): readonly string[] =>
    messages(kind)
      .map(({ body }) => body)
      .sort();
  return {
    reports,
    messages,
    bodies,
    soft,
    hard,
    isOver: () => isOver,
    end: async (): Promise<void> => {
      soft.abort();
      await until(() => isOver);
      await consuming;
    },
  };
};

export const gate = <T>() => {
  let open: (value: T) => void = () => undefined;
  const passed = new Promise<T>((resolve) => (open = resolve));
  return { passed, open };
};
