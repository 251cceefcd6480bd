import type { Json, JsonObject } from '../json';

/*
 * What may be shown of a value when customer data may not: what the schema lists, ids, times, types. Of a text its length, of a
 * number that it is one. What a schema does not describe is shown only where no customer could have written it.
 */

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;
/** `eventTime`, `createdTimestamp`, `time`, `modifiedDate`. */
const timeName = /(?:time|timestamp|date)$/i;
/** From 2000 to 2100: 13 digits that no telephone number of that length begins with. */
const isTimeMs = (value: number): boolean => Number.isInteger(value) && value >= 946_684_800_000 && value < 4_102_444_800_000;

/** A name out of a list, as its author would write it. */
const constant = /^[A-Z][A-Z0-9_]{0,40}$/;

/** What a carrier names a type or a source by; it is printed in every list of what has stopped. */
const carrierNames: Readonly<Record<string, RegExp>> = {
  'detail-type': /^[\w.:{}-]{1,200}$/,
  topicName: /^v2\.[\w.:{}-]{1,200}$/,
  name: /^[a-z]+(?::[a-z-]+)+$/,
  type: /^(?:v2\.[\w.-]{1,200}|[a-z]+(?::[a-z-]+)+)$/,
  source: /^(?:aws\.partner\/genesys\.com|genesys)[\w./-]{0,200}$/,
  region: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
  Type: /^Notification$/,
};

const listed = (schema: JsonObject | null, value: Json): boolean => {
  const values = schema?.['enum'];
  return schema !== null && ((Array.isArray(values) && values.includes(value)) || schema['const'] === value);
};

const maskText = (value: string, schema: JsonObject | null, key: string): string => {
  const isKnown =
    listed(schema, value) ||
    uuid.test(value) ||
    (instant.test(value) && (schema?.['format'] === 'date-time' || timeName.test(key))) ||
    (schema?.['enum'] !== undefined && constant.test(value)) ||
    (key === 'conversationId' && /^[\w.-]{1,64}$/.test(value)) ||
    (Object.hasOwn(carrierNames, key) && carrierNames[key]?.test(value) === true);
  return isKnown ? value : `‹text ${value.length}›`;
};

const maskNumber = (value: number, schema: JsonObject | null, key: string): Json =>
  listed(schema, value) || (timeName.test(key) && isTimeMs(value)) ? value : '‹number›';

/** Of one that holds no others; `key` is the name that it stands under. */
export const maskScalar = (value: string | number | boolean | null, schema: JsonObject | null, key: string): Json => {
  if (typeof value === 'string') return maskText(value, schema, key);
  return typeof value === 'number' ? maskNumber(value, schema, key) : value;
};
