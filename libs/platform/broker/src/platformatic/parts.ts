/** What is another matter with @platformatic/kafka than with any other client. */
export { PlatformaticAdministration as Administration } from './administration.js';
export { platformaticMembership as membership } from './consumer.js';
export { openSender } from './publisher.js';
