/** What has to be there and is not may be out of sight: it takes the focus. */
export const goToMissing = (form: HTMLFormElement): void => {
  form.querySelector<HTMLElement>(':is(input, textarea):invalid')?.focus();
};
