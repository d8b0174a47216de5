/** Letters as one value: they store nothing, and ask what others answer. */
export const letterContext = () => ({ name: 'letter' });
