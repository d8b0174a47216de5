export { seedOnce, serve, type ServeOptions } from './serve.js';
