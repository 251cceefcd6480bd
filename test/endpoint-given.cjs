module.exports = () => {
  if (!process.env.AWS_ENDPOINT_URL)
    throw new Error('Expected AWS_ENDPOINT_URL to name an AWS endpoint, got nothing. For LocalStack: http://127.0.0.1:4566');
};
