/**
 * Genesys Cloud's regions by their AWS name. The API answers at `api.<domain>`, tokens come from `login.<domain>`.
 * Source: Genesys's own Terraform provider (MyPureCloud/terraform-provider-genesyscloud, genesyscloud/provider/provider.go).
 * The region an organisation lives in need not be the AWS region its events are sent to.
 */
const regionDomains: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'mypurecloud.com'],
  ['us-east-2', 'use2.us-gov-pure.cloud'],
  ['us-west-2', 'usw2.pure.cloud'],
  ['ca-central-1', 'cac1.pure.cloud'],
  ['eu-west-1', 'mypurecloud.ie'],
  ['eu-west-2', 'euw2.pure.cloud'],
  ['eu-central-1', 'mypurecloud.de'],
  ['eu-central-2', 'euc2.pure.cloud'],
  ['ap-northeast-1', 'mypurecloud.jp'],
  ['ap-northeast-2', 'apne2.pure.cloud'],
  ['ap-northeast-3', 'apne3.pure.cloud'],
  ['ap-southeast-2', 'mypurecloud.com.au'],
  ['ap-southeast-1', 'apse1.pure.cloud'],
  ['ap-south-1', 'aps1.pure.cloud'],
  ['sa-east-1', 'sae1.pure.cloud'],
  ['me-central-1', 'mec1.pure.cloud'],
  ['mx-central-1', 'mxc1.pure.cloud'],
  ['eusc-de-east-1', 'edee1.eusc-pure.cloud'],
]);

export const genesysRegions: readonly string[] = [...regionDomains.keys()].sort();

export interface GenesysHosts {
  readonly apiUrl: string;
  readonly loginUrl: string;
}

/** Null for a region that Genesys does not have. */
export const hostsOfRegion = (region: string): GenesysHosts | null => {
  const domain = regionDomains.get(region);
  return domain === undefined ? null : { apiUrl: `https://api.${domain}`, loginUrl: `https://login.${domain}` };
};
