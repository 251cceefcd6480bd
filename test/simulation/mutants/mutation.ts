import type { Edit } from '../cli/pool';
import type { PromiseNumber } from '../history';

/** A mistake made on purpose. */
export interface Mutation {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Breaking one of these must be seen. None: it changes nothing that anybody was promised. */
  readonly breaks: readonly PromiseNumber[];
}
