/** A dialog that begins with all of a course. */
import type { ReactNode } from 'react';
import { WaitingDialog } from '../parts/WaitingDialog.js';
import { useWholeCourse, type Course } from './use-course.js';

interface WithCourseProps {
  readonly referralId: string;
  readonly title: string;
  readonly close: () => void;
  readonly children: (course: Course) => ReactNode;
}

export const WithCourse = ({ referralId, title, close, children }: WithCourseProps) => {
  const { course, error } = useWholeCourse(referralId);
  return course === undefined ? <WaitingDialog {...{ title, error, close }} /> : children(course);
};
