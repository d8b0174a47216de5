/** What an order says otherwise than before, part by part. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import facts from '../parts/facts.module.css';
import { ToldLines } from '../parts/ToldLines.js';
import { PART_LABELS } from './part-labels.js';
import { changedIn } from './revised.js';
import { toldOf, TOLD_PARTS, type Versions } from './told.js';
import { useCalled } from './use-called.js';

export const Changes = ({ patientId, ...versions }: Versions & { readonly patientId: string }) => {
  const { t } = useTranslation();
  const changed = changedIn(versions.before, versions.now);
  const called = useCalled(patientId, changed.includes('attachments'));
  return (
    <Table className={facts['facts'] ?? ''} withRowBorders={false} verticalSpacing="xs">
      <Table.Tbody>
        {TOLD_PARTS.filter((part) => changed.includes(part)).map((part) => (
          <Table.Tr key={part}>
            <Table.Th scope="row">{t(PART_LABELS[part])}</Table.Th>
            <Table.Td>
              <ToldLines lines={toldOf(part, versions, t, called)} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};
