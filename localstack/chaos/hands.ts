import type { Answer, Call } from './call';

/*
 * What each worker has in its hands, read off the calls that it makes and the answers that it is given:
 *
 *   messages   from a receive's answer until they are deleted or handed back
 *   a window   claimed ──► put ──► started ──► (finished, left, waiting, released: the token is removed)
 */

export type ClosePhase = 'claimed' | 'put' | 'started';

export interface Holding {
  readonly messages: number;
  /** Windows that it is closing, by the key of their partition, and how far each is. */
  readonly windows: ReadonlyMap<string, ClosePhase>;
}

/** Something has just come into a worker's hands, or a close of its has come further. */
export type Grip = { readonly worker: string } & (
  { readonly kind: 'batch' } | { readonly kind: 'window'; readonly window: string; readonly phase: ClosePhase }
);

export interface Hands {
  /** A call that was answered. */
  readonly see: (worker: string, call: Call, answer: Answer) => void;
  readonly of: (worker: string) => Holding;
  /** It is gone, and holds nothing any more. */
  readonly forget: (worker: string) => void;
  /** Answers how to stop listening. */
  readonly listen: (listener: (grip: Grip) => void) => () => void;
}

interface Request {
  readonly Key?: { readonly pk?: { readonly S?: string } };
  readonly Item?: { readonly pk?: { readonly S?: string }; readonly sk?: { readonly S?: string } };
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
  readonly Entries?: readonly { readonly ReceiptHandle?: string }[];
  readonly input?: string;
}

const parse = (body: Buffer): unknown => JSON.parse(body.toString('utf8'));

/** Claims draw a token; whatever ends a close removes it; a lease that is renewed does neither. */
const closeOf = ({ ExpressionAttributeValues: values = {}, UpdateExpression: change = '' }: Request): 'claim' | 'end' | null => {
  if (values[':state']?.S === 'closing' && values[':token'] !== undefined) return 'claim';
  return /REMOVE .*#token\b/.test(change) ? 'end' : null;
};

const windowOfInput = (input = '{}'): string => `C#${(JSON.parse(input) as { conversationId?: string }).conversationId}`;

export const openHands = (): Hands => {
  const messages = new Map<string, Set<string>>();
  /** Whoever claimed a window last has it: an earlier close finds its token gone. */
  const windows = new Map<string, { readonly worker: string; readonly phase: ClosePhase }>();
  const listeners = new Set<(grip: Grip) => void>();
  const gone = new Set<string>();
  const tell = (grip: Grip): void => listeners.forEach((listener) => listener(grip));

  const take = (worker: string, { body }: Answer): void => {
    const { Messages = [] } = parse(body) as { Messages?: readonly { readonly ReceiptHandle: string }[] };
    if (Messages.length === 0) return;
    const held = messages.get(worker) ?? new Set();
    for (const { ReceiptHandle } of Messages) held.add(ReceiptHandle);
    messages.set(worker, held);
    tell({ kind: 'batch', worker });
  };

  const release = (worker: string, { Entries = [] }: Request): void => {
    for (const { ReceiptHandle = '' } of Entries) messages.get(worker)?.delete(ReceiptHandle);
  };

  const reach = (worker: string, window: string, phase: ClosePhase): void => {
    if (phase !== 'claimed' && windows.get(window)?.worker !== worker) return;
    windows.set(window, { worker, phase });
    tell({ kind: 'window', worker, window, phase });
  };

  const update = (worker: string, request: Request): void => {
    const window = request.Key?.pk?.S ?? '';
    const close = closeOf(request);
    if (close === 'claim') reach(worker, window, 'claimed');
    if (close === 'end' && windows.get(window)?.worker === worker) windows.delete(window);
  };

  const isAnswered = ({ status, body }: Answer, refusal: string): boolean =>
    status === 200 || (status === 400 && body.includes(refusal));

  return {
    see: (worker, { operation, body }, answer) => {
      if (gone.has(worker)) return;
      const request = (): Request => parse(body) as Request;
      switch (operation) {
        case 'ReceiveMessage':
          if (answer.status === 200) take(worker, answer);
          break;
        case 'DeleteMessageBatch':
        case 'ChangeMessageVisibilityBatch':
          if (answer.status === 200) release(worker, request());
          break;
        case 'UpdateItem':
          if (answer.status === 200) update(worker, request());
          break;
        case 'PutItem': {
          const { pk, sk } = request().Item ?? {};
          // Refused, it was put before: its bytes are sent all the same.
          if (sk?.S?.startsWith('R#') && isAnswered(answer, 'ConditionalCheckFailed')) reach(worker, pk?.S ?? '', 'put');
          break;
        }
        case 'StartExecution':
          if (isAnswered(answer, 'ExecutionAlreadyExists')) reach(worker, windowOfInput(request().input), 'started');
          break;
      }
    },
    of: (worker) => ({
      messages: messages.get(worker)?.size ?? 0,
      windows: new Map([...windows].filter(([, close]) => close.worker === worker).map(([window, { phase }]) => [window, phase])),
    }),
    forget: (worker) => {
      gone.add(worker);
      messages.delete(worker);
      for (const [window, close] of windows) if (close.worker === worker) windows.delete(window);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
