import type { Head, HeadUpdate } from '../../src/core/items';

/** Which branch of the protocol an update of a head was, told from what it found and what it made, and whether its last record is early. */
export const branchOf = (old: Head | null, update: HeadUpdate, made: Head | null, isEarly: boolean): string => {
  if (made === null) return refusedBranch(update);
  if (old === null) return 'created';
  switch (`${old.state} ${made.state}`) {
    case 'open open':
      return made.dueAt === old.dueAt ? 'ending noted' : 'brought forward';
    case 'closed open':
      return 'reopened';
    case 'open closing':
      return 'claimed';
    case 'closing closing':
      return closingBranch(old, update, made);
    case 'closing open':
      return openedBranch(old, update, made, isEarly);
    case 'closing closed':
      return made.finished === old.finished ? 'closed with nothing to say' : 'closed';
    case 'closing parked':
      return 'parked';
    default:
      return `${old.state} to ${made.state}`;
  }
};

/** The head was not as expected. */
const refusedBranch = ({ expect, set }: HeadUpdate): string => {
  if (expect === 'missing') return 'created by another';
  if (expect.dueOn !== undefined) return 'claim lost';
  if (expect.token !== undefined) return 'rearmAt' in expect ? 'end refused: re-armed or taken' : 'fenced out';
  return set.rearmAt !== undefined ? 're-arming came too late' : 'arrival met a head that had moved on';
};

const closingBranch = (old: Head, { set }: HeadUpdate, made: Head): string => {
  if (made.rearmAt !== old.rearmAt) return 're-armed';
  if (made.token === undefined) return set.waits === undefined ? 'let go after a failure' : 'waiting for Genesys';
  if (made.token === old.token) return 'lease renewed';
  return old.token === undefined ? 'claimed after a wait' : 'claimed after its lease ran out';
};

const openedBranch = (old: Head, { set }: HeadUpdate, made: Head, isEarly: boolean): string => {
  if (set.finished === undefined) return old.rearmAt !== undefined && made.dueAt === old.rearmAt ? 'left until re-armed' : 'left';
  if (made.finished === old.finished) return 'finished open with nothing to say, re-armed';
  if (isEarly) return 'finished open, an early record';
  return old.rearmAt === undefined ? "finished open, another's record" : 'finished open, re-armed';
};
