/** What the next version of a schema does differently. Names of fields, types and constants; never a value of a customer. */
export interface Change {
  readonly kind: 'field-added' | 'values-added' | 'values-opened' | 'type-widened' | 'requirement-dropped';
  /** JSONPath, as drift has it. */
  readonly path: string;
  readonly detail: string;
}

export interface Where {
  readonly path: string;
  /** JSONPaths of what an event is of no use without: it stays required. */
  readonly dependsOn: readonly string[];
  readonly note: (change: Change) => void;
  /** Told of fields that are not taken into the schema. */
  readonly leave: (why: string) => void;
}
