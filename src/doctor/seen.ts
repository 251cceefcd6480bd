import type { Finding } from './finding';

/** What came of a look at one thing. */
export type Seen<T> =
  | { readonly kind: 'seen'; readonly value: T }
  | { readonly kind: 'absent' }
  /** It may be as it should: nobody could look. */
  | { readonly kind: 'unknown'; readonly why: string; readonly todo: string };

interface Thing {
  readonly check: string;
  readonly expected: string;
  /** To do where it is not there. */
  readonly todo: string;
}

/** The findings on what was seen; one finding where it was not. */
export const ifSeen = <T>(seen: Seen<T>, thing: Thing, judgeIt: (value: T) => readonly Finding[]): readonly Finding[] => {
  const { check, expected } = thing;
  switch (seen.kind) {
    case 'seen':
      return judgeIt(seen.value);
    case 'absent':
      return [{ check, status: 'wrong', expected, actual: 'not there', todo: thing.todo }];
    case 'unknown':
      return [{ check, status: 'unknown', expected, actual: seen.why, todo: seen.todo }];
    default:
      return seen satisfies never;
  }
};

/** What was seen, where nothing else will do. */
export const valueOf = <T>(seen: Seen<T>): T | null => (seen.kind === 'seen' ? seen.value : null);
