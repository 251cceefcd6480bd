import { deadLetterAttributes } from '../rejection';

/** What a letter says of why it lies where it lies. */
export interface LetterStory {
  readonly reason: string;
  /** Names paths, types and limits, never values. */
  readonly detail: string;
  readonly type: string | null;
  readonly stoppedAtMs: number | null;
  readonly beganAtMs: number | null;
  /** Receipts in the queue that it came from; null where nobody says. */
  readonly receiveCount: number | null;
  /** Its id in the queue that it came from. */
  readonly messageId: string | null;
}

type Attributes = Readonly<Record<string, string>>;

/** Control characters would move a terminal's cursor; a lone surrogate is no text. */
const plain = (text: string, length: number): string =>
  text.slice(0, length).replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '\ufffd');

const longestDetail = 500;
const longestName = 200;

const nameIn = (text: string | undefined): string | null => (text === undefined || text === '' ? null : plain(text, longestName));

const timeIn = (text: string | undefined): number | null => {
  const ms = text === undefined ? NaN : Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
};

const countIn = (text: string | undefined): number | null => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null);

/** A newer worker may know reasons that we do not; what anybody else wrote there is none. */
const isReason = (text: string | undefined): text is string => text !== undefined && /^[a-z][a-z-]{1,40}$/.test(text);

/** What a worker wrote on a letter, or into the table where the letter left no room; null where no worker did. */
export const storyOfWorker = (attributes: Attributes): LetterStory | null => {
  const names = deadLetterAttributes;
  const reason = attributes[names.reason];
  return isReason(reason) ? { ...storyOfFailure(attributes), reason } : null;
};

/** What a worker noted of a message that it could not admit and had to let come again. */
export const storyOfFailure = (attributes: Attributes): LetterStory => {
  const names = deadLetterAttributes;
  return {
    reason: 'gave-up',
    detail: plain(attributes[names.detail] ?? '', longestDetail),
    type: nameIn(attributes[names.type]),
    stoppedAtMs: timeIn(attributes[names.at]),
    beganAtMs: timeIn(attributes[names.sentAt]),
    receiveCount: countIn(attributes[names.receiveCount]),
    messageId: nameIn(attributes[names.messageId]),
  };
};

/** Codes whose message names a resource or a permission. That of any other may quote what was to be delivered. */
const speaking: ReadonlySet<string> = new Set([
  'NO_PERMISSIONS',
  'NO_RESOURCE',
  'FAILED_TO_ASSUME_ROLE',
  'RESOURCE_ALREADY_EXISTS',
  'RESOURCE_LIMIT_EXCEEDED',
  'RESOURCE_MODIFICATION_COLLISION',
  'THROTTLING',
  'TIMEOUT',
]);

/** What EventBridge wrote on an event that it could not deliver to its target. */
export const storyOfEventBridge = (attributes: Attributes): LetterStory => {
  const code = /^[A-Z][A-Z0-9_]{0,60}$/.test(attributes['ERROR_CODE'] ?? '') ? (attributes['ERROR_CODE'] ?? '') : 'UNKNOWN';
  const said = speaking.has(code) ? plain(attributes['ERROR_MESSAGE'] ?? '', 300) : '';
  const parts = [
    said,
    ...(attributes['EXHAUSTED_RETRY_CONDITION'] === undefined ? [] : [plain(attributes['EXHAUSTED_RETRY_CONDITION'], 60)]),
    ...(countIn(attributes['RETRY_ATTEMPTS']) === null ? [] : [`${attributes['RETRY_ATTEMPTS'] ?? ''} retries`]),
    ...(attributes['RULE_ARN'] === undefined ? [] : [`rule ${plain(attributes['RULE_ARN'], 200)}`]),
  ];
  return {
    reason: code,
    detail: parts
      .filter((part) => part !== '')
      .join('; ')
      .slice(0, longestDetail),
    ...{ type: null, stoppedAtMs: null, beganAtMs: null, receiveCount: null, messageId: null },
  };
};
