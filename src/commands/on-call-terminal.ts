/** What a command of the engineer on call is given. */
export interface OnCallTerminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Something was found that must be looked at: the exit code is 1. */
  readonly found: () => void;
  /** Name and version, for what it signs. */
  readonly program: string;
  /** Aborts when the one who called wants to end it: first in good order, then at once. */
  readonly stop: () => { readonly soft: AbortSignal; readonly hard: AbortSignal };
  /** One line typed by a person; null where there is no person. */
  readonly ask: (question: string) => Promise<string | null>;
  /** A person looks: progress is shown, on the error stream. */
  readonly isWatched: boolean;
}
