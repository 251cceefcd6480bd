/*
 * Genesys Cloud is one installation per region, each with a login host and an API host. Clients and tokens are known in theirs only.
 * A region is named by its domain, as `mypurecloud.de`.
 */

export interface Place {
  readonly region: string;
  readonly serves: 'login' | 'api' | 'both';
}

/** The host that a request names, `login.<domain>` or `api.<domain>`, says where it goes; any other name, the port it came in by. */
export const placeOf = (host: string | undefined, port: Place): Place => {
  const [, serves, region] = /^(login|api)\.([^:]+)/i.exec(host ?? '') ?? [];
  return region === undefined
    ? port
    : { region: region.toLowerCase(), serves: serves?.toLowerCase() === 'login' ? 'login' : 'api' };
};
