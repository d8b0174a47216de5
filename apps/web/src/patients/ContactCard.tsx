/** How a patient is reached, for those who have to reach them. */
import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isGone } from '../api/problem.js';
import { useOne } from '../api/use-service.js';
import { Trouble } from '../parts/states.js';
import { languageName } from './languages.js';

const SCHEMES: Readonly<Record<string, string>> = { phone: 'tel:', sms: 'sms:', email: 'mailto:' };

export const ContactCard = ({ patientId }: { readonly patientId: string }) => {
  const { t } = useTranslation();
  const { data, error, refetch } = useOne('getPatient', patientId);
  if (error !== null && !isGone(error) && data === undefined)
    return <Trouble error={error} again={() => void refetch()} />;
  const contact = data?.body.contact ?? null;
  if (contact === null) return undefined;
  const { telecom, language, interpreter, forbidden, note } = contact;
  return (
    <Card component="section" aria-labelledby="contact" withBorder>
      <Title order={2} size="h4" id="contact" mb="sm">
        {t('contact.title')}
      </Title>
      <Stack gap={4}>
        {telecom.length === 0 && <Text>{t('contact.none')}</Text>}
        {telecom.map(({ system, value, use }) => (
          <Text key={system + value}>
            {SCHEMES[system] === undefined ? (
              <bdi>{value}</bdi>
            ) : (
              <Anchor href={`${SCHEMES[system]}${value}`}>
                <bdi>{value}</bdi>
              </Anchor>
            )}
            {use !== undefined && ` (${use})`}
          </Text>
        ))}
        {language !== null && <Text>{t('contact.speaks', { language: languageName(language) })}</Text>}
        {interpreter && <Text fw={600}>{t('contact.interpreter')}</Text>}
        {forbidden.length > 0 && (
          <Text fw={600}>
            {t('contact.forbidden')}: {forbidden.map((way) => t(`names.contactWay.${way}`)).join(', ')}
          </Text>
        )}
        {note !== null && (
          <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {note}
          </Text>
        )}
      </Stack>
    </Card>
  );
};
