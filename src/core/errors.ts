/** The table will never take this item: over 400 KB, or a key over its limit. Trying again cannot help; splitting a batch can. */
export class ItemRefusedError extends Error {
  override readonly name = 'ItemRefusedError';
}

/** The files of `schemas/` cannot be used. Lists every problem; names files, fields and hashes only. */
export class SchemaRegistryError extends Error {
  override readonly name = 'SchemaRegistryError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Expected a sound schema registry, found:\n- ${problems.join('\n- ')}`);
    this.problems = problems;
  }
}

/** Our own code failed on what a window holds: it would fail on it anywhere, at any time. What it failed with is its cause, and may quote it. */
export class WindowFaultError extends Error {
  override readonly name = 'WindowFaultError';
}

/** What we are about to send breaks our own schema: a bug of ours. Names places and types, never values. */
export class OutputInvalidError extends Error {
  override readonly name = 'OutputInvalidError';
}

/** A downstream will never take this call as it stands: too large, or a name it does not allow. */
export class CallRefusedError extends Error {
  override readonly name = 'CallRefusedError';
}
