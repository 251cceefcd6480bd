/** What came of conversations that were held against their records. */
export interface HeldAgainst {
  readonly compared: number;
  readonly differed: number;
  /** We have no record of these. */
  readonly unknown: readonly string[];
  /** Their window is not closed: what is due will say more. */
  readonly again: readonly string[];
}
