/** What a person at the terminal is told when everything is ready. */
interface Person {
  readonly account: string;
  readonly given: string;
  readonly family: string;
  readonly title: string;
}

const DEFAULT_ADDRESS = 'http://127.0.0.1:4600';

export const welcome = (address: string, demo: readonly Person[]): void => {
  const widest = Math.max(...demo.map((person) => person.account.length));
  const people = demo.map(
    ({ account, given, family, title }) => `    ${account.padEnd(widest)}  ${given} ${family}, ${title}`,
  );
  process.stdout.write(`
  Fascia is ready: open ${address} in a browser   (API: ${address}/docs)
${
  demo.length > 0
    ? `
  Sign in there as one of the demo people (programs: as client id, with the secret "demo"):
${people.join('\n')}

  Try, in another terminal:
    curl -s -H "Authorization: Bearer $(npx fascia token physician-demo${address === DEFAULT_ADDRESS ? '' : ` --url ${address}`})" "${address}/api/v1/referrals?open=true"
`
    : ''
}
  Ctrl-C stops it; nothing acknowledged is lost, however it ends.
`);
};
