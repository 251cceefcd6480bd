import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, brotliDecompress, brotliDecompressSync, constants } from 'node:zlib';
import type { Item } from './item';
import { itemBytes } from './item-limits';

/*
 * The text of an item, as it is (`json`) or compressed (`blob`). Every version reads both.
 *
 *   plain item      ≤ 1 KB            as it is: a person can read it, and compressed it costs the same write unit
 *   text            < 4 KB            compressed at once, fast and with little memory: most events take one unit then, not two
 *   text            ≥ 4 KB            compressed aside, as well as is worth the work
 */

/** An item before its text is packed. */
export interface Unpacked {
  readonly attributes: Item;
  readonly text: string;
}

const compressAside = promisify(brotliCompress);
const decompressAside = promisify(brotliDecompress);

/** What DynamoDB counts in when it bills a write. */
const writeUnitBytes = 1024;

/** From here on the work is more than what handing it to another thread costs. */
const asideFrom = 4 * 1024;

const fastOptions = {
  // Most of the work is to set the machinery up: a buffer as small as what comes out of it, and no quality that looks twice.
  chunkSize: writeUnitBytes,
  params: { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_LGWIN]: 12 },
} as const;

const thoroughOptions = (text: string) => ({
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    // Of the qualities that find far repeats, the fastest.
    [constants.BROTLI_PARAM_QUALITY]: 5,
    // The largest standard window, 16 MB: a record, the execution's input and the notification repeat each other.
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  },
});

const plainItem = ({ attributes, text }: Unpacked): Item => ({ ...attributes, json: text });

const packFast = (unpacked: Unpacked): Item => {
  const plain = plainItem(unpacked);
  // A text has no fewer bytes than characters: of most that are too long its length says so.
  if (unpacked.text.length < writeUnitBytes && itemBytes(plain) <= writeUnitBytes) return plain;
  return { ...unpacked.attributes, blob: brotliCompressSync(unpacked.text, fastOptions) };
};

export const pack = async (unpacked: Unpacked): Promise<Item> => {
  const { attributes, text } = unpacked;
  return text.length < asideFrom ? packFast(unpacked) : { ...attributes, blob: await compressAside(text, thoroughOptions(text)) };
};

/**
 * The same item for those who only measure whether it fits: at once, and compressed only where the plain one does not fit. Text has at
 * most seven bits in a byte of UTF-8, so compressed it is always smaller: what fits as it is fits.
 */
export const packToMeasure = (unpacked: Unpacked, fits: (item: Item) => boolean): Item => {
  const { attributes, text } = unpacked;
  const plain = plainItem(unpacked);
  return text.length < asideFrom || fits(plain)
    ? plain
    : { ...attributes, blob: brotliCompressSync(text, thoroughOptions(text)) };
};

export const unpack = async (item: Item): Promise<string> => {
  const { blob, json } = item;
  if (!(blob instanceof Uint8Array)) return String(json);
  const bytes = blob.byteLength < asideFrom ? brotliDecompressSync(blob) : await decompressAside(blob);
  return bytes.toString('utf8');
};
