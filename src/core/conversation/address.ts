/**
 * `tel:+15551234567` → `+15551234567`; `sip:+15551234567@host;transport=tls` → `+15551234567`; `sip:anna@example.org` →
 * `anna@example.org`. The host goes only where the user part is a number by itself; without it any other user part would name
 * somebody else. Masked text and whatever else has no scheme stays as it is.
 */
export const bareAddress = (address: string | null): string | null => {
  if (address === null) return null;
  const [, scheme, rest] = /^(tel|sips?):(.*)$/is.exec(address) ?? [];
  if (scheme === undefined || rest === undefined) return address;
  const withoutParameters = rest.split(/[;?]/, 1)[0] ?? '';
  const [user = '', host] = withoutParameters.split('@', 2);
  const isNumber = /^\+?[\d.\-() ]+$/.test(user);
  return (host !== undefined && !isNumber ? withoutParameters : user) || null;
};
