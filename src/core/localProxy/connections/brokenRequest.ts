import type { FixedRefusalCode } from '../refusal';

/** What Node's parser reports, and what the client is told. Whatever else it reports is just not HTTP. */
const refusalCodes: ReadonlyMap<string, FixedRefusalCode> = new Map([
  ['HPE_HEADER_OVERFLOW', 'headersTooLarge'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'requestTimeout'],
  ['HPE_INVALID_URL', 'target'],
  ['HPE_INVALID_CONSTANT', 'target'], // a space in the address, so that the version is not where it should be
]);

type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

/** Why a request that Node could not read is refused; undefined if the connection itself failed. */
export function brokenRequestCode({ code = '', rawPacket }: ParserError): FixedRefusalCode | undefined {
  if (!code.startsWith('HPE_') && !refusalCodes.has(code)) {
    return undefined;
  }
  // The parser knows a fixed list of methods; others are valid too.
  const isUnknownMethod =
    code === 'HPE_INVALID_METHOD' &&
    /^[A-Za-z][\w-]* \/\S* HTTP\/1\.[01]\r\n/.test(rawPacket?.toString('latin1') ?? '');
  return isUnknownMethod ? 'method' : (refusalCodes.get(code) ?? 'badRequest');
}
