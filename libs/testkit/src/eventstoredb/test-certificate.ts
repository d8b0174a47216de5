/** A self-signed certificate for localhost, made when it is needed: no key lies about in the sources (RFC 5280 §4.1). */
import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8 = 0x0c;
const SET = 0x31;
const GENERALIZED_TIME = 0x18;
const VERSION_TAG = 0xa0;
const EXTENSIONS_TAG = 0xa3;
/** Two kinds of GeneralName. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const lengthOf = (bytes: number): Buffer => {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const hex = bytes.toString(16);
  const digits = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.byteLength]), digits]);
};

const der = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.byteLength), body]);
};

const objectId = (hex: string): Buffer => der(OBJECT_ID, Buffer.from(hex, 'hex'));
const bits = (bytes: Uint8Array): Buffer => der(BIT_STRING, Buffer.from([0]), bytes);

/** ecdsa-with-SHA256, RFC 5758 §3.2. */
const ECDSA_SHA256 = der(SEQUENCE, objectId('2a8648ce3d040302'));
const NAME = der(SEQUENCE, der(SET, der(SEQUENCE, objectId('550403'), der(UTF8, Buffer.from('localhost')))));
const VALIDITY = der(
  SEQUENCE,
  ...['20200101000000Z', '20991231235959Z'].map((time) => der(GENERALIZED_TIME, Buffer.from(time))),
);
const NAMES = der(
  SEQUENCE,
  der(DNS_NAME, Buffer.from('localhost')),
  der(IP_ADDRESS, Buffer.from([127, 0, 0, 1])),
);
const ALTERNATIVE_NAME = der(SEQUENCE, objectId('551d11'), der(OCTET_STRING, NAMES));

export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

export const testCertificate = (): TestCertificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = der(
    SEQUENCE,
    der(VERSION_TAG, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    ECDSA_SHA256,
    NAME,
    VALIDITY,
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS_TAG, der(SEQUENCE, ALTERNATIVE_NAME)),
  );
  const whole = der(SEQUENCE, content, ECDSA_SHA256, bits(sign('sha256', content, privateKey)));
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
};
