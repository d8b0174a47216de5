export * from './body-site.js';
