import { conversationsPerRequest, partOf } from '../../localstack/demo/asked';

const details = (ids: string): string => `/api/v2/analytics/conversations/details?id=${ids}`;

test('conversations are counted by the requests for details alone', () => {
  expect(conversationsPerRequest([details('a,b,c'), '/api/v2/users?id=a&id=b', details('d')])).toBe(2);
  expect(conversationsPerRequest([details('a%2Cb')])).toBe(2);
  expect(conversationsPerRequest([])).toBe(0);
});

test.each([
  ['/oauth/token', 'token'],
  [details('a'), 'details'],
  ['/api/v2/conversations/a', 'attributes'],
  ['/api/v2/speechandtextanalytics/conversations/a', 'sentiment'],
  ['/api/v2/speechandtextanalytics/conversations/a/communications/b/transcripturls', 'transcript'],
  ['/transcript-files/a/b/0?X-Amz-Date=1', 'transcript file'],
  ['/api/v2/routing/wrapupcodes?pageSize=100', 'names'],
  ['/api/v2/integrations', 'other'],
])('%s asks for its %s', (url, part) => {
  expect(partOf(url)).toBe(part);
});
