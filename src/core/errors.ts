/** The table will never take this item: over 400 KB, or a key over its limit. Trying again cannot help; splitting a batch can. */
export class ItemRefusedError extends Error {
  override readonly name = 'ItemRefusedError';
}

/** A downstream will never take this call as it stands: too large, or a name it does not allow. */
export class CallRefusedError extends Error {
  override readonly name = 'CallRefusedError';
}
