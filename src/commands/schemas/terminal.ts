/** What a command of this group is given. */
export interface SchemasTerminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Something was found that must be looked at: the exit code is 1. */
  readonly found: () => void;
}
