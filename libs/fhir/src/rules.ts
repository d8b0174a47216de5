/** What is said of files and reports before and after the service is asked: safe for a browser, and without what is stored. */
export * from './contract/files.js';
export * from './contract/report.js';
