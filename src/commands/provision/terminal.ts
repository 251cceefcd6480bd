/** What the command is given. */
export interface ProvisionTerminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Something was found that must be looked at: the exit code is 1. */
  readonly found: () => void;
}
