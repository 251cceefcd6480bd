import type { Breach } from '../history';
import { nameOf, type Put } from './conversations';
import { breach } from './effects';
import type { Evidence } from './evidence';

/*
 * Promise 2. Two revisions of a conversation, of any life, that were made of the same facts have the same contentHash, and two
 * that were made of different ones have not. What is neither order nor number is told apart: a partial record is not a final one.
 */

const madeOf = ({ facts }: Put): string => facts.map(({ id }) => id).join('\n');

const said = (put: Put): string => [put.record.status, ...put.record.missing, '', madeOf(put)].join('\n');

/** Puts that agree in one thing and differ in the other. */
const clashes = (puts: readonly Put[], agree: (put: Put) => string, differ: (put: Put) => string) => {
  const first = new Map<string, Put>();
  return puts.flatMap((put) => {
    const known = first.get(agree(put));
    if (!known) first.set(agree(put), put);
    return known && differ(known) !== differ(put) ? [{ known, put }] : [];
  });
};

const hashOf = ({ record }: Put): string => record.contentHash;

export const judgeHashes = ({ conversations }: Evidence): readonly Breach[] =>
  conversations.flatMap(({ puts }) => [
    ...clashes(puts, said, hashOf).map(({ known, put }) =>
      breach(2, put.atMs, `${nameOf(put)}: expected the contentHash of ${nameOf(known)}, made of the same facts, got another`),
    ),
    ...clashes(puts, hashOf, madeOf).map(({ known, put }) =>
      breach(
        2,
        put.atMs,
        `${nameOf(put)}: expected another contentHash than ${nameOf(known)}, made of other facts, got the same`,
      ),
    ),
  ]);
