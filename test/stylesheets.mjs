/** To specs a stylesheet is empty: what a component says shows without one. */
export default { process: () => ({ code: 'module.exports = {};' }) };
