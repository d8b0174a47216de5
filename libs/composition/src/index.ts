export { PEOPLE } from './demo/people.js';
export { aggregateByCategory, aggregates, contracts, deciderByCategory, models } from './contexts.js';
export { eventDocs } from './event-docs.js';
export { serve, type ServeOptions, type Server } from './server.js';
export { settingsFrom, SettingsInvalid, type Settings } from './settings.js';
