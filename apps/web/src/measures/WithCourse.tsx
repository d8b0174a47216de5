/** A dialog that begins with what is known: until that is there it says so, and if it cannot be had, why. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../parts/Modal.js';
import { Loading, Trouble } from '../parts/states.js';
import { useWholeCourse, type Course } from './use-course.js';

interface WithCourseProps {
  readonly referralId: string;
  readonly title: string;
  readonly close: () => void;
  readonly children: (course: Course) => ReactNode;
}

export const WithCourse = ({ referralId, title, close, children }: WithCourseProps) => {
  const { t } = useTranslation();
  const { course, error } = useWholeCourse(referralId);
  if (course !== undefined) return children(course);
  return (
    <Modal onClose={close} title={title} centered closeButtonProps={{ 'aria-label': t('act.cancel') }}>
      {error === null ? <Loading /> : <Trouble error={error} />}
    </Modal>
  );
};
