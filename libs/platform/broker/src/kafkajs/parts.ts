/** What is another matter with kafkajs than with any other client. */
export { KafkaJsAdministration as Administration } from './administration.js';
export { kafkaJsMembership as membership } from './consumer.js';
export { openSender } from './publisher.js';
