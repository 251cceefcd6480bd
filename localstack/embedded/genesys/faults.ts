import { errorOfStatus, type Answer } from './errors';

/** What to do instead of answering, for the next requests that it fits. */
export interface Fault {
  /** A status with its error body; `hang` never answers; `cut` closes the connection. */
  readonly answer: number | 'hang' | 'cut';
  /** How many requests; default 1. */
  readonly times?: number;
  /** Default `api`: everything but the token. */
  readonly on?: 'api' | 'token';
  /** Sent as `Retry-After`, whole seconds. */
  readonly retryAfterSeconds?: number;
}

export interface Faults {
  readonly set: (faults: readonly Fault[]) => void;
  /** Uses up one, if one fits. */
  readonly next: (path: string) => Answer | 'hang' | 'cut' | null;
}

const toAnswer = ({ answer, retryAfterSeconds }: Fault): Answer | 'hang' | 'cut' => {
  if (typeof answer === 'string') return answer;
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return { ...errorOfStatus(answer), headers };
};

export const createFaults = (initial: readonly Fault[]): Faults => {
  let left: { readonly fault: Fault; times: number }[] = [];
  const set = (faults: readonly Fault[]): void => {
    left = faults.map((fault) => ({ fault, times: fault.times ?? 1 }));
  };
  set(initial);
  return {
    set,
    next: (path) => {
      const target = path === '/oauth/token' ? 'token' : 'api';
      const fitting = left.find(({ fault, times }) => times > 0 && (fault.on ?? 'api') === target);
      if (!fitting) return null;
      fitting.times -= 1;
      return toAnswer(fitting.fault);
    },
  };
};
