/** An item of the table as the document client knows it: flat, by attribute. */
export type Item = Readonly<Record<string, unknown>>;
