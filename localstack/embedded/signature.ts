import type { IncomingHttpHeaders } from 'node:http';

export interface CredentialScope {
  readonly region: string;
  readonly service: string;
}

/** Every AWS request says in its signature whom it is for: `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
export const credentialScope = (headers: IncomingHttpHeaders): CredentialScope | null => {
  const [, region, service] = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return region !== undefined && service !== undefined ? { region, service } : null;
};
