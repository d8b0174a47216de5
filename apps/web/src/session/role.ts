/** In which role this tab acts, where somebody chose one. */
const ROLE = 'fascia.role';

export const chosenRole = (): string | undefined => sessionStorage.getItem(ROLE) ?? undefined;

export const chooseRole = (role: string): void => sessionStorage.setItem(ROLE, role);

/** Whoever comes next begins with their own. */
export const forgetRole = (): void => sessionStorage.removeItem(ROLE);
