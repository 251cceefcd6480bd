import { apiError, errorOfStatus, type Answer, type ErrorCode } from './errors';

/**
 * What to do instead of answering: a status with its error body; `hang` never answers, `cut` closes the connection. Or what to do with
 * the answer: `as-usual` sends it (late, with `delayMs`), `half` breaks off in its middle, `broken-json` ends it too soon, `text` calls
 * it text/plain, `html` and `empty` put a page or nothing in its place, `huge` puts 40 MiB of white space before it, `list` wraps it.
 */
export type Spoiling = 'as-usual' | 'half' | 'broken-json' | 'text' | 'html' | 'empty' | 'huge' | 'list';

/** What happens to the next requests that it fits. */
export interface Fault {
  readonly answer: number | 'hang' | 'cut' | Spoiling;
  /** How many requests; default 1. */
  readonly times?: number;
  /** Default `api`: everything but the token. */
  readonly on?: 'api' | 'token';
  /** A regular expression for the path, without the query; default: any. */
  readonly path?: string;
  readonly delayMs?: number;
  /** For a status: the error's code; default: the first that has it. */
  readonly code?: ErrorCode;
  /** Sent as `Retry-After`, whole seconds. */
  readonly retryAfterSeconds?: number;
}

export interface Faults {
  readonly set: (faults: readonly Fault[]) => void;
  /** Uses up one, if one fits. */
  readonly next: (path: string) => Fault | null;
}

const pageOf = 'Not the API, but something in front of it.';

const spoil = (answer: Answer, spoiling: Spoiling): Answer => {
  const text = answer.text ?? JSON.stringify(answer.body ?? null);
  const withText = (type: string, spoilt: string): Answer => ({
    status: answer.status,
    text: spoilt,
    headers: { ...answer.headers, 'Content-Type': type },
  });
  switch (spoiling) {
    case 'as-usual':
    case 'half':
      return answer;
    case 'broken-json':
      return withText('application/json', text.slice(0, Math.ceil(text.length / 2)));
    case 'text':
      return withText('text/plain', text);
    case 'html':
      return withText('text/html', `<!doctype html><title>${pageOf}</title>`);
    case 'empty':
      return withText('application/json', '');
    case 'huge':
      return withText('application/json', ' '.repeat(40 * 1024 * 1024) + text);
    case 'list':
      return withText('application/json', `[${text}]`);
  }
};

/** What becomes of the answer that would have been given. */
export const applyFault = (fault: Fault, usual: () => Answer): Answer | 'hang' | 'cut' => {
  const { answer, code, retryAfterSeconds } = fault;
  if (answer === 'hang' || answer === 'cut') return answer;
  const spoilt =
    typeof answer === 'string'
      ? spoil(usual(), answer)
      : code === undefined
        ? errorOfStatus(answer)
        : apiError(code, 'Scripted fault', { status: answer });
  return retryAfterSeconds === undefined
    ? spoilt
    : { ...spoilt, headers: { ...spoilt.headers, 'Retry-After': String(retryAfterSeconds) } };
};

export const createFaults = (initial: readonly Fault[]): Faults => {
  let left: { readonly fault: Fault; readonly path: RegExp; times: number }[] = [];
  const set = (faults: readonly Fault[]): void => {
    left = faults.map((fault) => ({ fault, path: new RegExp(fault.path ?? ''), times: fault.times ?? 1 }));
  };
  set(initial);
  return {
    set,
    next: (path) => {
      const target = path === '/oauth/token' ? 'token' : 'api';
      const fitting = left.find(
        ({ fault, path: wanted, times }) => times > 0 && (fault.on ?? 'api') === target && wanted.test(path),
      );
      if (!fitting) return null;
      fitting.times -= 1;
      return fitting.fault;
    },
  };
};
