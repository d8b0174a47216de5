/** Who saw what, as one value: records that are written beside the care, and asked for by auditors. */
import { ACCESS_CONTRACT } from './contract/events.js';
import { accessRecordModel } from './read/access/model.js';

export const auditContext = () => ({
  name: 'audit',
  contracts: [ACCESS_CONTRACT],
  models: [accessRecordModel],
});
