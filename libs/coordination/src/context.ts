/** Process managers as one value: what they store. */
import { PROCESS_CONTRACT } from './contract.js';

export const coordinationContext = () => ({ name: 'coordination', contracts: [PROCESS_CONTRACT] });
