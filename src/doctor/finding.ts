/** `info`: nothing to hold it against. `unknown`: it could not be looked at; that is no mistake of the installation's. */
export type Status = 'ok' | 'info' | 'warn' | 'wrong' | 'unknown';

/** One thing that was looked at: what was expected, what is, what to do. */
export interface Finding {
  readonly check: string;
  readonly status: Status;
  readonly expected: string;
  readonly actual: string;
  /** Empty where there is nothing to do. */
  readonly todo: string;
}

/** What belongs together: a queue, the table, Genesys. */
export interface Area {
  readonly area: string;
  readonly findings: readonly Finding[];
}

interface Question {
  readonly check: string;
  readonly expected: string;
  readonly actual: string;
  readonly isRight: boolean;
  /** What it is otherwise; default `wrong`. */
  readonly otherwise?: 'wrong' | 'warn';
  readonly todo: string;
}

export const judge = ({ check, expected, actual, isRight, otherwise = 'wrong', todo }: Question): Finding =>
  isRight ? { check, status: 'ok', expected, actual, todo: '' } : { check, status: otherwise, expected, actual, todo };

export const tell = (check: string, actual: string): Finding => ({ check, status: 'info', expected: '', actual, todo: '' });
