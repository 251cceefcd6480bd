import { createHash } from 'node:crypto';
import type { Stopped } from './stopped';

/* Two that stopped for one cause share a group: their stories differ in numbers, ids and in how much else was in the message. */

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const hash = /\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi;
const aboutOthers = /^\d+ of \d+ entries refused \(details\[[^\]]*\]\), (?:none|the others) admitted\. First: /;

/** Of a message with several entries, what is wrong with the first bad one. */
const firstOf = (detail: string): string => detail.replace(aboutOthers, '');

const withoutIds = (text: string): string => text.replaceAll(uuid, '#').replaceAll(hash, '#').replaceAll(/\d+/g, '#');

/** A detail lists problems in the order in which a schema names its fields, which may change between two versions. */
const inOneOrder = (text: string): string => text.split('; ').sort().join('; ');

/** No letters that are taken for digits, or for one another. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 6;

/** 30 bits: among a hundred causes, two of one name once in two hundred thousand inboxes. */
const shortName = (text: string): string =>
  [...createHash('sha256').update(text).digest().subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');

/** Whether it could name a group. */
export const isGroupName = (text: string): boolean => new RegExp(`^[${alphabet}]{${length}}$`).test(text);

/**
 * The name of the cause: the same wherever and whenever it is met. The subject is no part of it: that is what the schemas of today
 * call the type, and whoever noted the group of an unknown type redrives it when its subject is there.
 */
export const groupOf = ({
  place,
  reason,
  type,
  rule,
  detail,
}: Pick<Stopped, 'place' | 'reason' | 'type' | 'rule' | 'detail'>): string =>
  shortName(JSON.stringify([place, reason, withoutIds(type ?? ''), rule, inOneOrder(withoutIds(firstOf(detail)))]));

/** The first schema rule that a rejection's detail names, `$.eventTime must be integer`; null where it names none. */
export const ruleOf = (detail: string): string | null => {
  const [, shape = '', rest = ''] = /^(envelope\.[\w.-]+: )?(.*)$/s.exec(firstOf(detail)) ?? [];
  const [, problem] = /^(\$\S* (?:is required|.+?)), came [a-z]+(?:;|$)/.exec(rest) ?? [];
  return problem === undefined ? null : `${shape}${problem}`;
};
