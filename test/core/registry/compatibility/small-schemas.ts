import type { Json, JsonObject } from '../../../../src/core/json';

/* Small schemas: an object, most with one field `a`. */

export const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more });
export const field = (schema: Json, more: JsonObject = {}): JsonObject => object({ a: schema }, more);
export const text: JsonObject = { type: 'string' };
export const whole: JsonObject = { type: 'integer' };
export const values = (...list: readonly Json[]): JsonObject => ({ type: 'string', enum: list });

export const map = (entry: Json): JsonObject => ({ type: 'object', additionalProperties: entry });
export const closed = (properties: JsonObject): JsonObject => object(properties, { additionalProperties: false });
