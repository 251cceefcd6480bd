import { isObject, type JsonObject } from '../json';
import type { Rejection } from '../rejection';
import { parseObject } from './parse';

/** A wrapper that a carrier put around an event on its way here, and the registry's name for its shape. */
interface Wrapper {
  readonly subject: string;
  readonly recognises: (object: JsonObject) => boolean;
  readonly field: string;
}

const wrappers: readonly Wrapper[] = [
  {
    // SNS to SQS without raw message delivery.
    subject: 'envelope.sns',
    recognises: (object) => object['Type'] === 'Notification' && 'Message' in object,
    field: 'Message',
  },
  {
    // What an asynchronous Lambda invocation sends to its failure destination: Genesys's own consumer reads it so.
    subject: 'envelope.lambda-failure',
    recognises: (object) => 'requestPayload' in object,
    field: 'requestPayload',
  },
];

/** More wrappers than any real route puts on; past it somebody nests them on purpose. */
const maxWrappers = 8;

export interface Unwrapped {
  readonly object: JsonObject;
  /** Wrappers taken off, outermost first, each still to be validated. */
  readonly peeled: readonly { readonly subject: string; readonly object: JsonObject }[];
}

/** Takes off every wrapper. EventBridge's archive replay adds only `replay-name` to the event: there is nothing to take off. */
export const unwrap = (outer: JsonObject): Unwrapped | Rejection => {
  const peeled: { subject: string; object: JsonObject }[] = [];
  let object = outer;
  for (;;) {
    const wrapper = wrappers.find(({ recognises }) => recognises(object));
    if (!wrapper) return { object, peeled };
    if (peeled.length === maxWrappers) {
      return {
        reason: 'too-deep',
        detail: `Expected at most ${maxWrappers} wrappers around an event, got more.`,
        step: 'receive',
      };
    }
    peeled.push({ subject: wrapper.subject, object });
    const inside = object[wrapper.field];
    if (isObject(inside)) {
      object = inside;
      continue;
    }
    const where = `${wrapper.field} of ${wrapper.subject}`;
    if (typeof inside !== 'string') {
      return { reason: 'invalid', detail: `Expected ${where} to be an object or a text.`, step: 'receive' };
    }
    const parsed = parseObject(inside, where);
    if ('reason' in parsed) return parsed;
    object = parsed.object;
  }
};
