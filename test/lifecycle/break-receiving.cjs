/* Loaded before the program: the loop that receives fails as it begins, as no loop may. */
const { Consumer } = require('sqs-consumer');

Consumer.create = () => {
  throw new Error('canary-4711 could not be read');
};
