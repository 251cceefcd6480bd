/** One difference between two versions of a schema. */
export interface SchemaChange {
  /** JSONPath in what the schema describes, as drift has it. */
  readonly path: string;
  /** What is different. Of names and values of the schemas only. */
  readonly what: string;
  /** Something that was valid need not be any more: it hurts who reads by the new schema what was written before. */
  readonly narrows: boolean;
  /** Something is valid that was not: it hurts who still reads by the old schema. */
  readonly widens: boolean;
}

export const harmless = (path: string, what: string): SchemaChange => ({ path, what, narrows: false, widens: false });
export const narrowing = (path: string, what: string): SchemaChange => ({ path, what, narrows: true, widens: false });
export const widening = (path: string, what: string): SchemaChange => ({ path, what, narrows: false, widens: true });

/** For what is not worth telling apart: taken for the worst unless nothing changed. */
export const unjudged = (path: string, what: string): SchemaChange => ({
  path,
  what: `${what}; cannot be judged`,
  narrows: true,
  widens: true,
});
