import { list, type Kind } from '../../src/config-kinds';

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ranges = list('IPv4 ranges', new RegExp(`^${octet}(?:\\.${octet}){3}/(?:3[0-2]|[12]?\\d)$`));

/** A range by another of its addresses, as `10.0.0.5/8`, seldom means what it says: all of `10.0.0.0/8`. */
const beginsAtItsFirst = (range: string): boolean => {
  const [address = '', length = ''] = range.split('/');
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return value % 2 ** (32 - Number(length)) === 0;
};

export const ipv4Ranges: Kind<readonly string[]> = {
  type: 'IPv4 ranges such as 203.0.113.0/24, each by its first address, separated by commas',
  parse: (text) => {
    const found = ranges.parse(text);
    return found.every(beginsAtItsFirst) ? found : ranges.parse('');
  },
};

export const everybody = '0.0.0.0/0';
