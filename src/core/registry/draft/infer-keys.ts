import type { JsonObject } from '../../json';

/*
 * Which keys are an author's and which are data. A key that goes into a schema is read by whoever reads the schema, so a key
 * that may be a customer's must not: where there is doubt, it is data.
 */

const plain = /^[A-Za-z_][\w-]{0,63}$/;
/** Numbers of callers and ids get into keys; a field's name counts no further than this. */
const holdsNumber = /\d{5}/;
const looksLikeId = /^[\da-f-]{16,}$/i;
/** Ajv looks for a property along the prototype chain, where such a name is always found. */
const isPrototypeName = (key: string): boolean => key in Object.prototype;

/** A name that an author gave to a field. */
export const isFieldName = (key: string): boolean =>
  plain.test(key) && !holdsNumber.test(key) && !looksLikeId.test(key) && !isPrototypeName(key);

/** More different names than any author gives to one object. */
export const mostFields = 100;

/** Fields that hold their users' own keys, wherever Genesys has them. */
const namesMap = /attributes$|^(variables|slots|headers|tags|labels|custom\w*)$/i;

const differentKeys = (objects: readonly JsonObject[]): ReadonlySet<string> =>
  new Set(objects.flatMap((object) => Object.keys(object)));

/** Each has other keys than the others: four different ones, of which none has even a third. */
const areStrangers = (objects: readonly JsonObject[], different: number): boolean =>
  different >= 4 && objects.every((object) => Object.keys(object).length * 3 < different);

/** The body of an event is its author's; only a flood of keys makes a map of it. */
export const hasFreeKeysAtRoot = (objects: readonly JsonObject[]): boolean => differentKeys(objects).size > mostFields;

/** Samples of one object, under a name, whose keys are data: a map. */
export const hasFreeKeys = (objects: readonly JsonObject[], name: string): boolean => {
  const different = differentKeys(objects);
  return (
    namesMap.test(name) ||
    different.size > mostFields ||
    areStrangers(objects, different.size) ||
    [...different].some((key) => !isFieldName(key))
  );
};
